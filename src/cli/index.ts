import { homedir } from 'node:os'
import { couldNotRun } from './exit-code.ts'
import { main } from './main.ts'

const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())

let outputFailed = false
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever reads has seen enough, as with `| head`.
    if (code === 'EPIPE') return
    outputFailed = true
    process.exitCode = couldNotRun
    if (stream === process.stdout) process.stderr.write(`error: Standard output could not be written (${code}).\n`)
  })
}

// Should the process end before the command does, that is no success.
process.exitCode = couldNotRun
const cwd = workingDirectory()
if (cwd === undefined) process.stderr.write('error: The working directory does not exist any more.\n')
else {
  const code = await main(process.argv.slice(2), {
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    signal: interruption.signal,
    env: process.env,
    cwd,
    homedir: homedir(),
    platform: process.platform,
    openTerminal: () =>
      process.stdin.isTTY && process.stderr.isTTY ? { input: process.stdin, output: process.stderr } : undefined,
    openStdin: () => process.stdin,
  })
  if (!outputFailed) process.exitCode = code
}

function workingDirectory(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

function streamOf(stream: NodeJS.WriteStream) {
  return { write: (text: string) => stream.write(text), isTTY: stream.isTTY === true, columns: stream.columns }
}
