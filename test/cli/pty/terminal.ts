import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What is typed once a text has come up on the screen; texts are looked for one after the other. */
export interface Step {
  readonly see: string
  readonly type: string
}

export interface Session {
  readonly code: number | null
  /** All that was on the screen, what was typed and echoed included. */
  readonly screen: string
}

export const enter = '\r'
export const controlC = '\u0003'
export const controlD = '\u0004'

const cli = join(import.meta.dirname, '../../../src/cli/index.ts')

/** Runs the command line on a pseudo-terminal of its own, as `script` of util-linux makes one. */
export async function atTerminal(argv: readonly string[], cwd: string, steps: readonly Step[]): Promise<Session> {
  const command = [process.execPath, cli, ...argv].map(shellWord).join(' ')
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: cwd,
    TERM: 'xterm',
    NO_COLOR: '1',
    COLUMNS: '200',
    SHELL: '/bin/sh',
  }
  const child = spawn('script', ['-qec', `stty cols 200; exec ${command}`, '/dev/null'], { cwd, env })
  let screen = ''
  let seen = 0
  const left = [...steps]
  const answer = () => {
    const [step] = left
    const at = step ? screen.indexOf(step.see, seen) : -1
    if (!step || at < 0) return
    seen = at + step.see.length
    left.shift()
    child.stdin.write(step.type)
    answer()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString()
    answer()
  })
  const giveUp = setTimeout(() => child.kill(), 20_000)
  const [code] = await once(child, 'close')
  clearTimeout(giveUp)
  if (left[0]) throw new Error(`"${left[0].see}" never came up on:\n${screen}`)
  return { code, screen }
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
