import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deliver } from '../../src/cli/deliver.ts'
import { captured, tree } from './run.ts'

describe('deliver', () => {
  it('prints one report and writes the others, each ending its last line', async () => {
    await using root = await tree({})
    const { io, written } = captured()
    const file = join(root.path, 'out/report.md')
    const outputs = [
      { format: 'text', file: undefined },
      { format: 'markdown', file },
      { format: 'empty', file: `${file}.empty` },
    ]
    const complete = await deliver(outputs, async ({ format }) => (format === 'empty' ? '' : `as ${format}`), io)
    expect(complete).toBe(true)
    expect(written()).toEqual({ stdout: 'as text\n', stderr: '' })
    expect(await readFile(file, 'utf8')).toBe('as markdown\n')
    expect(await readFile(`${file}.empty`, 'utf8')).toBe('')
  })

  it('says which file could not be written, and writes the others', async () => {
    await using root = await tree({ file: '' })
    const { io, written } = captured()
    const outputs = [
      { format: 'a', file: join(root.path, 'file/a.json') },
      { format: 'b', file: root.path },
      { format: 'c', file: join(root.path, 'c.json') },
      { format: 'd', file: undefined },
    ]
    expect(await deliver(outputs, async ({ format }) => format, io)).toBe(false)
    expect(written()).toEqual({
      stdout: 'd\n',
      stderr:
        `error: The report could not be written to "${root.path}/file/a.json": a part of its path is a file.\n` +
        `error: The report could not be written to "${root.path}": it is a directory.\n`,
    })
    expect(await readFile(join(root.path, 'c.json'), 'utf8')).toBe('c\n')
  })

  it('says that permission is denied', async () => {
    await using root = await tree({ 'locked/keep': '' })
    await chmod(join(root.path, 'locked'), 0o555)
    const { io, written } = captured()
    // Root may write anywhere but where the kernel itself says no.
    const file = process.getuid?.() === 0 ? '/sys/a.json' : join(root.path, 'locked/a.json')
    expect(await deliver([{ format: 'a', file }], async () => 'a', io)).toBe(false)
    expect(written().stderr).toBe(`error: The report could not be written to "${file}": permission denied.\n`)
    await chmod(join(root.path, 'locked'), 0o755)
  })
})
