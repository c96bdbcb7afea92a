import { error, notice, setOutput, setSecret, warning } from '@actions/core'
import type { Surroundings } from '../settings/surroundings.ts'
import { runAction } from './action.ts'
import { fail } from './failure.ts'
import type { Runner } from './runner.ts'

/** Runs the action in the workflow step it was started by. Returns the exit code; never rejects. */
export async function main(surroundings: Surroundings, signal: AbortSignal): Promise<0 | 1> {
  return runAction({ ...surroundings, ...commands, signal })
}

/** Says that the process is about to end for an error that nothing caught. */
export function sayCrash(reason: unknown, surroundings: Surroundings): void {
  fail(reason, { ...surroundings, ...commands, signal: AbortSignal.abort() })
}

const annotate = { error, warning, notice }

const commands: Pick<Runner, 'print' | 'annotate' | 'mask' | 'setOutput'> = {
  print: text => process.stdout.write(text),
  annotate: ({ level, message, ...properties }) => annotate[level](message, properties),
  mask: setSecret,
  setOutput,
}
