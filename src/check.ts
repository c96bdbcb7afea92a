import { BackendPool, describeBackends } from './backend-pool.ts'
import type { BackendContext } from './backends/context.ts'
import { hadCentralStore } from './catalog/era.ts'
import { type Choice, chooseBackend, secretsManagerOf } from './choose-backend.ts'
import { type ReadOptions, readStackFiles } from './read-stack-files.ts'
import type { Settings } from './settings/settings.ts'
import { buildReport, type JudgedStack } from './validation/build-report.ts'
import type { CollectedStack } from './validation/collect.ts'
import type { Finding, NoBackend } from './validation/finding.ts'
import { createJudge } from './validation/judge.ts'
import { type AssignedUse, lookUp } from './validation/look-up.ts'
import type { Report } from './validation/report.ts'

/** Where a run stands, for a progress line. */
export interface Progress {
  readonly phase: 'reading' | 'asking'
  readonly done: number
  readonly total: number
}

export interface CheckContext extends BackendContext {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/**
 * The main job: discovers, reads, asks, judges. Prints nothing, reads no environment, exits nothing.
 * @throws SettingsError when a path or glob of the settings matches no file.
 */
export async function check(settings: Settings, context: CheckContext): Promise<Report> {
  const { signal, onProgress } = context
  const reading: ReadOptions = {
    query: settings.query,
    zenmlVersion: settings.zenmlVersion,
    signal,
    onRead: (done, total) => onProgress?.({ phase: 'reading', done, total }),
  }
  const read = await readStackFiles(reading)
  const assigned = await assign(read.stacks, settings, new BackendPool(context))
  onProgress?.({ phase: 'asking', done: 0, total: assigned.length })
  const { level, suggest } = settings
  const uses = assigned.flatMap(stack => stack.uses)
  const answers = await lookUp(uses, { level, suggest, signal })
  const judged = judgeAll(assigned, level === 'NONE' ? skipAll : createJudge(answers))
  return buildReport({
    level,
    policy: settings.policy,
    backends: describeBackends(uses.map(({ backend }) => backend)),
    files: read.files,
    stacks: judged.stacks,
    findings: [...read.findings, ...judged.findings, ...assigned.flatMap(stack => noBackend(stack, settings))],
  })
}

/** A stack whose uses know whom to ask. */
interface AssignedStack {
  readonly collected: CollectedStack
  readonly choice: Choice | undefined
  readonly uses: readonly AssignedUse[]
}

async function assign(
  stacks: readonly CollectedStack[],
  settings: Settings,
  backends: BackendPool,
): Promise<readonly AssignedStack[]> {
  const assigned: AssignedStack[] = []
  for (const collected of stacks) {
    const choice = settings.level === 'NONE' ? undefined : chooseBackend(collected.stack, settings)
    const backend = choice && collected.uses.length > 0 ? await backends.of(choice) : undefined
    assigned.push({ collected, choice, uses: collected.uses.map(use => ({ use, backend })) })
  }
  return assigned
}

type JudgeUse = ReturnType<typeof createJudge>

const skipAll: JudgeUse = ({ use }) => ({ use: { ...use, verdict: 'skipped', backend: undefined }, finding: undefined })

function judgeAll(stacks: readonly AssignedStack[], judge: JudgeUse) {
  const judged = stacks.map(({ collected, uses }) => ({ collected, judgements: uses.map(judge) }))
  const findings: Finding[] = judged.flatMap(({ collected, judgements }) => [
    ...collected.findings,
    ...judgements.flatMap(({ finding }) => finding ?? []),
  ])
  return {
    findings,
    stacks: judged.map(({ collected, judgements }): JudgedStack => {
      return { collected, uses: judgements.map(({ use }) => use) }
    }),
  }
}

/**
 * One finding for a stack that needs secrets and has nowhere to look for them. A stack of ZenML before 0.34, when no
 * central store existed, cannot do without a secrets manager, whatever answered for it here; a backend chosen by name
 * silences that.
 */
function noBackend({ collected, choice, uses }: AssignedStack, settings: Settings): readonly NoBackend[] {
  const { stack } = collected
  if (!choice || uses.length === 0 || settings.backend !== 'auto') return []
  const version = settings.zenmlVersion ?? stack.zenmlVersion
  const reason =
    !secretsManagerOf(stack) && hadCentralStore(version) === false ? 'no-secrets-manager' : 'not-configured'
  if (choice.kind !== 'none' && reason === 'not-configured') return []
  const { place, name } = stack
  return [{ kind: 'no-backend', reason, uses: uses.length, place, excerpt: collected.excerpt, stack: name }]
}
