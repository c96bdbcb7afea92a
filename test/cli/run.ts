import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Captured {
  readonly io: Io
  /** What was written so far. */
  written(): Omit<Run, 'code'>
}

/** An `Io` that keeps what is written to it. */
export function captured(change: Partial<Io> & { readonly terminal?: boolean } = {}): Captured {
  let stdout = ''
  let stderr = ''
  const { terminal: isTTY = false, ...rest } = change
  const io: Io = {
    stdout: { write: text => (stdout += text), isTTY, columns: undefined },
    stderr: { write: text => (stderr += text), isTTY, columns: undefined },
    signal: new AbortController().signal,
    env: {},
    cwd: tmpdir(),
    homedir: tmpdir(),
    platform: 'linux',
    ...rest,
  }
  return { io, written: () => ({ stdout, stderr }) }
}

/** Runs the command line in this process. */
export async function run(argv: readonly string[], change: Parameters<typeof captured>[0] = {}): Promise<Run> {
  const { io, written } = captured(change)
  const code = await main(argv, io)
  return { code, ...written() }
}

export interface Tree extends AsyncDisposable {
  readonly path: string
}

/** A directory with these files, removed when disposed of. */
export async function tree(files: Readonly<Record<string, string>>): Promise<Tree> {
  const path = await mkdtemp(join(tmpdir(), 'zenml-secrets-cli-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
