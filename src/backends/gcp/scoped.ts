import { quoted } from '../../text/displayable.ts'
import type { Answer, Depth } from '../backend.ts'
import { exactTagProblem } from '../secrets-manager/exact-tags.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { identifyingTags, nameOfStored, storedName } from '../secrets-manager/stored-name.ts'
import type { GcpCalls, Listing } from './calls.ts'
import { failureAnswer, meaningOf } from './failure.ts'
import type { Labels } from './json.ts'

export interface Question {
  readonly project: string
  readonly scope: SecretsScope
  readonly depth: Depth
}

/**
 * One list of the scope, then one call for each name that it lacks, since lists lag behind, or whose keys are asked. No
 * value is read of a secret that ZenML would not take for the one it looks for.
 */
export async function lookUpScoped(
  calls: GcpCalls,
  names: readonly string[],
  question: Question,
): Promise<ReadonlyMap<string, Answer>> {
  const listing = await calls.list(filterOf(question.scope))
  const answers = names.map(async name => [name, await answerOf(calls, name, { ...question, listing })] as const)
  return new Map(await Promise.all(answers))
}

/** Names of the scope, as ZenML lists them. */
export function namesOf(scope: SecretsScope, { secrets }: Listing): readonly string[] {
  return [...secrets].flatMap(([id, labels]) => {
    const name = nameOfStored(scope, id, '-')
    return name !== undefined && exactTagProblem(scope, name, labels) === undefined ? [name] : []
  })
}

/** As ZenML's manager filters; namespaces and ids hold nothing that means something in a filter. */
export function filterOf(scope: SecretsScope): string {
  return [...identifyingTags(scope)].map(([key, value]) => `labels.${key}=${value}`).join(' AND ')
}

async function answerOf(
  calls: GcpCalls,
  name: string,
  { project, scope, depth, listing }: Question & { readonly listing: Listing },
): Promise<Answer> {
  const id = storedName(scope, name, '-')
  const context = { project, secret: id }
  const isDenied = listing.failure !== undefined && meaningOf(listing.failure) === 'denied'
  let labels = listing.secrets.get(id)
  if (labels === undefined) {
    if (listing.failure && !isDenied) return failureAnswer(listing.failure, { project })
    const got = await calls.labels(id)
    if ('value' in got) labels = got.value
    else if (meaningOf(got.failure) === 'not-found' && !listing.failure) return { kind: 'missing' }
    // Who may read single values but look at nothing else cannot know the labels.
    else if (!isDenied || depth === 'names' || meaningOf(got.failure) !== 'denied') {
      return failureAnswer(got.failure, context)
    }
  }
  const problem = labels && labelProblem(scope, name, labels)
  if (problem !== undefined) return { kind: 'unusable', reason: problem }
  if (depth === 'names') return { kind: 'found', keys: 'not-read' }
  const read = await calls.keys(id)
  if ('failure' in read) {
    if (meaningOf(read.failure) !== 'not-found' || !labels) return failureAnswer(read.failure, context)
    const reason = `${quoted(id, 300)} exists in Google Secret Manager, but has no version. Register it again.`
    return { kind: 'unusable', reason }
  }
  if (typeof read.value !== 'string') return { kind: 'found', keys: read.value }
  const reason = `ZenML cannot read ${quoted(id, 300)}: ${read.value}. Update or register it again with ZenML.`
  return { kind: 'unusable', reason }
}

function labelProblem(scope: SecretsScope, name: string, labels: Labels): string | undefined {
  const problem = exactTagProblem(scope, name, labels)
  if (problem === undefined) return undefined
  return `Google Secret Manager holds ${quoted(storedName(scope, name, '-'), 300)}, but ${problem}, so that ZenML takes it for missing. Correct its labels, or delete it and register it with ZenML.`
}
