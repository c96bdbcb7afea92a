import type { Output } from '../settings/settings.ts'
import { quoted } from '../text/displayable.ts'
import type { Io } from './io.ts'

/**
 * Prints what goes to standard output, then writes the files. A file that cannot be written costs a sentence on
 * standard error and none of the others. Returns whether all went well.
 */
export async function deliver<F extends string>(
  outputs: readonly Output<F>[],
  render: (output: Output<F>) => Promise<string>,
  io: Io,
): Promise<boolean> {
  let complete = true
  for (const output of outputs) {
    const content = withLineEnd(await render(output))
    if (output.file === undefined) io.stdout.write(content)
    else complete = (await writeOutput(output.file, content, io)) && complete
  }
  return complete
}

async function writeOutput(file: string, content: string, io: Io): Promise<boolean> {
  const { writeWholeFile } = await import('./write-file.ts')
  try {
    await writeWholeFile(file, content)
    return true
  } catch (error) {
    io.stderr.write(`error: The report could not be written to ${quoted(file, 1000)}: ${reasonOf(error)}.\n`)
    return false
  }
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'the operation is not permitted'],
  ['EISDIR', 'it is a directory'],
  ['ENOTDIR', 'a part of its path is a file'],
  ['EEXIST', 'a part of its path is a file'],
  ['ENOSPC', 'no space is left on the device'],
  ['EROFS', 'the file system is read-only'],
  ['ENAMETOOLONG', 'its name is too long'],
])

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return reasons.get(code) ?? `the system answered ${typeof code === 'string' ? code : 'with an unknown error'}`
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
