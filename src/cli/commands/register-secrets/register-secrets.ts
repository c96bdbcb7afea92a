import type { Settings } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import type { FindingKind } from '../../../validation/finding.ts'
import { exitCode } from '../../../validation/outcome.ts'
import type { Report } from '../../../validation/report.ts'
import { checkInTime } from '../../check-in-time.ts'
import { refused } from '../../exit-code.ts'
import type { Io } from '../../io.ts'
import { confirm } from '../../prompts.ts'
import { table } from '../secret/masked-table.ts'
import { askValues, user } from './ask.ts'
import { asksForKeys, giveValues, type Sources } from './given.ts'
import { Places } from './places.ts'
import { type Judged, planNeeds } from './plan.ts'
import { leftAlone, lookAt, type Target } from './targets.ts'
import { replacedBy, writeAll, writesOf } from './write.ts'

export interface RegisterOptions extends Sources {
  readonly skipExisting: boolean
  readonly dryRun: boolean
  readonly yes: boolean
  readonly quiet: boolean
}

/**
 * `zenml-secrets register-secrets`: has a value for each key the stacks need, then writes, then checks again. Returns the
 * exit code of that last check.
 * @throws SettingsError, SecretStoreError, Interrupted
 */
export async function registerSecrets(options: RegisterOptions, settings: Settings, io: Io): Promise<number> {
  const groups: Judged[] = []
  const onJudged = (uses: Judged['uses'], choice: Judged['choice']) => void groups.push({ uses, choice })
  const report = await checkInTime(settings, io, { quiet: options.quiet, onJudged })
  io.signal.throwIfAborted()
  if (groups.every(({ uses }) => uses.every(({ verdict }) => verdict === 'skipped'))) {
    io.stderr.write(`No secrets required for this stack.\n`)
    return sayResult(report, settings, io)
  }
  const targets = await findTargets(groups, { options, settings, io })
  sayUnjudged(report, new Set(targets.map(({ secret }) => secret)), io)
  const sources = options.values !== undefined || options.fromEnv !== undefined
  if (options.dryRun) {
    if (sources) await giveValues(targets, options, io)
    return sayPlan(targets, { report, settings, io })
  }
  const values = sources ? await giveValues(targets, options, io) : await askValues(targets, io)
  const writes = writesOf(values)
  if (sources && !options.yes && !(await mayReplace(replacedBy(writes), io))) {
    io.stderr.write('Nothing was written.\n')
    return sayResult(report, settings, io)
  }
  io.signal.throwIfAborted()
  await writeAll(writes, io)
  const after = writes.length === 0 ? report : await checkInTime(settings, io, { quiet: options.quiet })
  return sayResult(after, settings, io)
}

interface Looking {
  readonly options: RegisterOptions
  readonly settings: Settings
  readonly io: Io
}

async function findTargets(groups: readonly Judged[], { options, settings, io }: Looking): Promise<readonly Target[]> {
  const places = new Places(io, settings.timeout)
  const looked = await Promise.all(
    planNeeds(groups).map(async need => {
      const sessions = await places.of(need.place).catch(error => leftAlone(need, error, options.skipExisting))
      return typeof sessions === 'object' ? lookAt(need, sessions, options.skipExisting) : sessions
    }),
  )
  for (const sentence of looked) if (typeof sentence === 'string') io.stderr.write(`warning: ${sentence}\n`)
  return looked.filter(target => target !== undefined && typeof target !== 'string')
}

/** What nothing is asked for, as nobody knows whether it is there, or as it can never be. */
const unjudged: ReadonlySet<FindingKind> = new Set([
  'access-denied',
  'unverified',
  'unusable-secret',
  'illegal-name',
  'no-backend',
  'unreadable-stack',
])

function sayUnjudged({ findings }: Report, known: ReadonlySet<string>, io: Io): void {
  const lines = findings
    .filter(({ finding }) => unjudged.has(finding.kind) && !('secret' in finding && known.has(finding.secret)))
    .map(({ message, help }) => `warning: ${message} Nothing is registered for it. ${help}\n`)
  for (const line of new Set(lines)) io.stderr.write(line)
}

async function mayReplace(replaced: readonly string[], io: Io): Promise<boolean> {
  if (replaced.length === 0) return true
  const which = replaced.map(name => displayable(name)).join(', ')
  return confirm(`This will replace the values of ${which}. Are you sure you want to proceed?`, io, {
    instead: 'Give --yes to replace values that are there already, or --skip-existing to keep them.',
  })
}

interface Planned {
  readonly report: Report
  readonly settings: Settings
  readonly io: Io
}

function sayPlan(targets: readonly Target[], { report, settings, io }: Planned): number {
  for (const target of targets) {
    const { secret, stored, questions, session } = target
    const what = stored ? 'Would update' : 'Would register'
    io.stdout.write(`${what} secret ${quoted(secret)} in ${displayable(session.store.description)}:\n`)
    const keys = asksForKeys(target)
      ? [['(to be asked for)', 'no', users(target.users)]]
      : questions.map(question => [question.key, question.isRequired ? 'no' : 'yes', users(question.users)])
    io.stdout.write(table(['SECRET_KEY', 'HAS_VALUE', 'NEEDED_BY'], keys))
  }
  io.stderr.write('Nothing was written: this is a dry run.\n')
  const lacks = targets.some(target => asksForKeys(target) || target.questions.some(({ isRequired }) => isRequired))
  if (lacks) return refused
  return sayResult(report, settings, io)
}

function users(uses: Target['users']): string {
  return [...new Set(uses.map(user))].join(', ')
}

/** Says what the check says now. */
function sayResult(report: Report, { policy }: Settings, io: Io): number {
  const code = exitCode(report, policy)
  const { counts } = report
  const sentence =
    code === 0
      ? 'Every secret these stacks need is there: "zenml-secrets check" passes.'
      : code === 3
        ? 'Not everything could be verified: run "zenml-secrets check" to see what.'
        : `"zenml-secrets check" ${counts.errors === 1 ? 'finds 1 error' : `finds ${counts.errors} errors`}: run it to see more.`
  io.stderr.write(counts.references === 0 && code === 0 ? '' : `${sentence}\n`)
  return code
}
