import { BackendPool, describeBackends } from './backend-pool.ts'
import type { Backend } from './backends/backend.ts'
import type { BackendContext } from './backends/context.ts'
import { hadCentralStore } from './catalog/era.ts'
import { type Choice, chooseBackend, secretsManagerOf, versionOf } from './choose-backend.ts'
import { type ReadFiles, type ReadOptions, readStackFiles } from './read-stack-files.ts'
import type { Settings } from './settings/settings.ts'
import { untrustedEndpoints } from './untrusted-endpoints.ts'
import { buildReport, type JudgedGroup } from './validation/build-report.ts'
import type { CollectedGroup } from './validation/collect.ts'
import { collectDefinitions, type Definitions } from './validation/definitions.ts'
import type { Finding, NoBackend } from './validation/finding.ts'
import { createJudge, type Judge, type Judgement } from './validation/judge.ts'
import { type AssignedUse, lookUp } from './validation/look-up.ts'
import type { Report } from './validation/report.ts'
import type { JudgedUse, SecretUse } from './validation/use.ts'

/** Where a run stands, for a progress line. */
export interface Progress {
  readonly phase: 'reading' | 'asking'
  readonly done: number
  readonly total: number
}

export interface CheckContext extends BackendContext {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Told, for what was collected together, who answers for it and what came of it. */
  readonly onJudged?: (uses: readonly JudgedUse[], choice: Choice | undefined) => void
}

/**
 * The main job: discovers, reads, asks, judges. Prints nothing, reads no environment, exits nothing.
 * @throws SettingsError when a path or glob of the settings matches no file, or a stack of theirs is not registered.
 */
export async function check(settings: Settings, context: CheckContext): Promise<Report> {
  const { signal, onProgress } = context
  const reading: ReadOptions = {
    query: settings.query,
    zenmlVersion: settings.zenmlVersion,
    documentation: settings.documentation,
    signal,
    onRead: (done, total) => onProgress?.({ phase: 'reading', done, total }),
  }
  const read = readsFiles(settings) ? await readStackFiles(reading) : nothing
  const registered = await readRegistered(settings, context)
  const pool = new BackendPool(context, registered?.backend)
  const assigned = await assign([...read.groups, ...(registered?.stacks ?? [])], settings, pool)
  onProgress?.({ phase: 'asking', done: 0, total: assigned.length })
  const { level, suggest } = settings
  const uses = assigned.flatMap(group => group.uses)
  const answers = await lookUp(uses, { level, suggest, signal })
  const definitions = collectDefinitions(read.definitions)
  const judged = judgeAll(assigned, asksBackends(settings) ? createJudge(answers, definitions) : skip, definitions)
  for (const [index, group] of judged.groups.entries()) context.onJudged?.(group.uses, assigned[index]?.choice)
  return buildReport({
    level,
    policy: settings.policy,
    backends: describeBackends(uses.map(({ backend }) => backend)),
    files: read.files,
    groups: judged.groups,
    findings: [
      ...read.findings,
      ...(registered?.findings ?? []),
      ...judged.findings,
      ...assigned.flatMap(group => noBackend(group, settings)),
      ...assigned.flatMap(({ collected, ...asked }) =>
        untrustedEndpoints(collected.namedAddress, { ...asked, root: settings.query.root }),
      ),
    ],
  })
}

/** Who names a registered stack and no path wants to know about that stack alone. */
function readsFiles({ stacks, query }: Settings): boolean {
  return stacks.length === 0 || query.paths.length > 0
}

const nothing: ReadFiles = { groups: [], definitions: [], findings: [], files: 0 }

/** Loaded only where it is needed, as it brings the client of the server along. */
async function readRegistered(settings: Settings, context: CheckContext) {
  if (settings.stacks.length === 0) return undefined
  return (await import('./read-registered-stacks.ts')).readRegisteredStacks(settings, context)
}

/** Uses that know whom to ask. */
interface AssignedGroup {
  readonly collected: CollectedGroup
  readonly choice: Choice | undefined
  /** `undefined` where nothing is asked. */
  readonly backend: Backend | undefined
  readonly uses: readonly AssignedUse[]
}

async function assign(
  groups: readonly CollectedGroup[],
  settings: Settings,
  backends: BackendPool,
): Promise<readonly AssignedGroup[]> {
  const assigned: AssignedGroup[] = []
  for (const collected of groups) {
    const asks = asksBackends(settings) && !collected.isListedOnly
    const choice = asks ? chooseBackend(collected.stack, settings) : undefined
    const backend = choice && collected.uses.some(isAskable) ? await backends.of(choice) : undefined
    assigned.push({ collected, choice, backend, uses: collected.uses.map(use => ({ use, backend })) })
  }
  return assigned
}

function asksBackends({ level, isStatic }: Settings): boolean {
  return level !== 'NONE' && !isStatic
}

/** What a program fills in is nobody's to answer. */
function isAskable({ via }: SecretUse): boolean {
  return via !== 'templated'
}

const skip = ({ use }: AssignedUse): Judgement => ({
  use: { ...use, verdict: 'skipped', backend: undefined },
  finding: undefined,
})

function judgeAll(groups: readonly AssignedGroup[], judge: Judge, definitions: Definitions) {
  const findings: Finding[] = []
  const judged = groups.map(({ collected, uses }): JudgedGroup => {
    const judgements = uses.map(collected.isListedOnly ? skip : judge)
    findings.push(...collected.findings, ...judgements.flatMap(({ finding }) => finding ?? []))
    if (!collected.isListedOnly) findings.push(...judgements.flatMap(({ use }) => definitions.mismatchOf(use) ?? []))
    return { collected, uses: judgements.map(({ use }) => use) }
  })
  return { findings, groups: judged }
}

/**
 * One finding for a stack, or for what a file needs outside its stacks, that needs secrets and has nowhere to look for
 * them. A stack of ZenML before 0.34, when no central store existed, cannot do without a secrets manager, whatever
 * answered for it here; a backend chosen by name silences that.
 */
function noBackend({ collected, choice, uses }: AssignedGroup, settings: Settings): readonly NoBackend[] {
  const { stack, excerpt } = collected
  const askable = uses.map(({ use }) => use).filter(isAskable)
  const [first] = askable
  if (!choice || !first || settings.backend !== 'auto') return []
  const shared = { kind: 'no-backend', uses: askable.length } as const
  if (!stack) {
    if (choice.kind !== 'none') return []
    return [{ ...shared, reason: 'outside-stacks', place: first.place, excerpt: first.excerpt }]
  }
  const version = versionOf(stack, settings)
  const reason =
    !secretsManagerOf(stack) && hadCentralStore(version) === false ? 'no-secrets-manager' : 'not-configured'
  if (choice.kind !== 'none' && reason === 'not-configured') return []
  return [{ ...shared, reason, place: stack.place, excerpt, stack: stack.name }]
}
