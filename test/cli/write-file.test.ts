import { execFile } from 'node:child_process'
import { chmod, mkdir, open, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { writeWholeFile } from '../../src/cli/write-file.ts'
import { tree } from './run.ts'

describe('writeWholeFile', () => {
  it('makes the folders above a new file and leaves nothing else behind', async () => {
    await using root = await tree({})
    await writeWholeFile(join(root.path, 'a/b/report.json'), '{}\n')
    expect(await readFile(join(root.path, 'a/b/report.json'), 'utf8')).toBe('{}\n')
    expect(await readdir(join(root.path, 'a/b'))).toEqual(['report.json'])
  })

  it('replaces a file as a whole and keeps its mode', async () => {
    await using root = await tree({ 'report.json': 'a longer text than the new one' })
    const file = join(root.path, 'report.json')
    await chmod(file, 0o640)
    const before = await stat(file)
    await writeWholeFile(file, '{}')
    const after = await stat(file)
    expect(await readFile(file, 'utf8')).toBe('{}')
    expect(after.mode).toBe(before.mode)
    expect(after.ino).not.toBe(before.ino)
  })

  it('follows a link and leaves it a link', async () => {
    await using root = await tree({ 'real/report.json': 'old' })
    await symlink('real/report.json', join(root.path, 'link.json'))
    await writeWholeFile(join(root.path, 'link.json'), 'new')
    expect(await readlink(join(root.path, 'link.json'))).toBe('real/report.json')
    expect(await readFile(join(root.path, 'real/report.json'), 'utf8')).toBe('new')
  })

  it('writes to a pipe and does not replace it by a file', async () => {
    await using root = await tree({})
    const pipe = join(root.path, 'pipe')
    await promisify(execFile)('mkfifo', [pipe])
    // Open for reading and writing, so that neither side waits for the other.
    await using reader = await open(pipe, 'r+')
    await writeWholeFile(pipe, 'text')
    expect((await stat(pipe)).isFIFO()).toBe(true)
    const { buffer, bytesRead } = await reader.read(Buffer.alloc(10), 0, 10)
    expect(buffer.toString('utf8', 0, bytesRead)).toBe('text')
  })

  it('refuses a directory and leaves nothing behind', async () => {
    await using root = await tree({})
    await mkdir(join(root.path, 'report.json'))
    await expect(writeWholeFile(join(root.path, 'report.json'), '{}')).rejects.toMatchObject({ code: 'EISDIR' })
    expect(await readdir(root.path)).toEqual(['report.json'])
  })

  it('refuses a file for a folder', async () => {
    await using root = await tree({})
    await writeFile(join(root.path, 'a'), '')
    await expect(writeWholeFile(join(root.path, 'a/report.json'), '{}')).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:EEXIST|ENOTDIR)$/),
    })
  })
})
