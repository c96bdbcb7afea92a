import type { Runner } from '../../src/action/runner.ts'
import type { Annotation } from '../../src/reports/annotations.ts'

export interface RecordingRunner extends Runner {
  readonly printed: string[]
  readonly annotated: Annotation[]
  readonly outputs: Map<string, string>
}

/** A runner that keeps what it is told. Its file of outputs is there as long as `env` names one. */
export function recordingRunner(parts: Partial<Runner> = {}): RecordingRunner {
  const printed: string[] = []
  const annotated: Annotation[] = []
  const outputs = new Map<string, string>()
  return {
    env: { GITHUB_OUTPUT: 'outputs' },
    cwd: '/workspace',
    homedir: '/home/runner',
    platform: 'linux',
    signal: new AbortController().signal,
    print: text => printed.push(text),
    annotate: annotation => annotated.push(annotation),
    mask: () => undefined,
    setOutput: (name, value) => outputs.set(name, value),
    ...parts,
    printed,
    annotated,
    outputs,
  }
}
