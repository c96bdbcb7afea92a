import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlainArguments } from '../../src/cli/plain-arguments.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { optionsOf } from '../../src/settings/options.ts'
import type { RawOptions } from '../../src/settings/resolve.ts'

const stream = { write: () => true, isTTY: false, columns: undefined }
const io = {
  stdout: stream,
  stderr: stream,
  signal: new AbortController().signal,
  env: {},
  cwd: '/',
  homedir: '/',
  platform: 'linux' as const,
}

/** What commander makes of the same arguments; `undefined` where it refuses them. */
async function fromCommander(argv: readonly string[]): Promise<RawOptions | undefined> {
  let read: RawOptions | undefined
  const program = buildProgram(io, async (name, raw) => {
    if (name === 'check') read = raw
  })
  await program.parseAsync(['check', ...argv], { from: 'user' }).catch(() => undefined)
  return read
}

const entries = (raw: RawOptions | undefined) => raw && [...raw]
const names = [...optionsOf('check').keys()].filter(name => name !== 'paths')

async function agrees(argv: readonly string[]): Promise<boolean> {
  const plain = readPlainArguments(argv)
  if (plain) expect(entries(plain)).toEqual(entries(await fromCommander(argv)))
  return plain !== undefined
}

describe('readPlainArguments', () => {
  it.each([
    [[]],
    [['']],
    [['a.yaml', 'help', 'check', 'b']],
    [['a', '--secrets-file', 's.yaml', '--quiet', 'b', '--level', 'NONE']],
    [['--exclude', 'b', '--exclude', 'a', '--quiet', '--quiet', '--no-color']],
    [['--level', '', '--exclude', ' x=y\n', '__proto__']],
    ...[...optionsOf('check')]
      .filter(([name]) => name !== 'paths')
      .map(([name, { type }]) => [type === 'flag' ? [`--${name}`] : [`--${name}`, 'v w']]),
  ])('reads %j as commander does', async argv => {
    expect(await agrees(argv)).toBe(true)
  })

  it.each([
    [['-q']],
    [['-qv']],
    [['--level=NONE']],
    [['--', 'a']],
    [['-']],
    [['--level']],
    [['--level', '-x']],
    [['--help']],
    [['--version']],
    [['--color']],
    [['--no-quiet']],
    [['--paths', 'a']],
    [['--nothing']],
    [['--__proto__', 'a']],
  ])('leaves %j to commander', argv => {
    expect(readPlainArguments(argv)).toBeUndefined()
  })

  it('reads what commander reads, or nothing, for any arguments', async () => {
    const word = fc.constantFrom(
      ...names.map(name => `--${name}`),
      ...'a|b|help|check|-q|-|--|-V|--level=x| |-1'.split('|'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 6 }), async argv => {
        await agrees(argv)
      }),
      { numRuns: 500 },
    )
  })
})
