import { quoted } from '../../text/displayable.ts'
import type { Answer, Depth } from '../backend.ts'
import { exactTagProblem } from '../secrets-manager/exact-tags.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { nameOfStored, storedName } from '../secrets-manager/stored-name.ts'
import type { AzureCalls } from './calls.ts'
import { type AzureFailure, disabledReason, failureAnswer, malformed, meaningOf } from './failure.ts'
import type { Properties } from './json.ts'
import { readPages } from './pages.ts'
import type { Result } from './request.ts'

/** Up to here one call a name costs no more than a list. */
const maxAlone = 2
/** Of 25 versions; a secret with more than so many pages is rare enough to be left unverified. */
const maxPagesOfVersions = 40

/** Reads each name where keys are asked; else lists the vault as long as that takes no more calls, then asks by name. */
export async function lookUpScoped(
  calls: AzureCalls,
  names: readonly string[],
  { scope, depth }: { readonly scope: SecretsScope; readonly depth: Depth },
): Promise<ReadonlyMap<string, Answer>> {
  if (depth === 'keys') {
    return all(names, name => readOne(calls, scope, name))
  }
  const listed = names.length <= maxAlone ? nothing : await sweep(calls, scope, names)
  return all(names, async name => {
    const properties = listed.found.get(name)
    if (properties) return answerOf(scope, name, properties) ?? found
    if (listed.rest === 'missing') return { kind: 'missing' }
    if (listed.rest !== 'unknown') return failureAnswer(listed.rest, undefined)
    return lookAtOne(calls, scope, name)
  })
}

const found: Answer = { kind: 'found', keys: 'not-read' }

interface Listed {
  readonly found: ReadonlyMap<string, Properties>
  /** What is known of every name that was not found. */
  readonly rest: 'missing' | 'unknown' | AzureFailure
}

const nothing: Listed = { found: new Map(), rest: 'unknown' }

async function sweep(calls: AzureCalls, scope: SecretsScope, names: readonly string[]): Promise<Listed> {
  const found = new Map<string, Properties>()
  const wanted = new Set(names)
  const swept = await readPages(calls.list, names.length, items => {
    for (const item of items) {
      const name = nameOfStored(scope, item.id, '-')
      if (name !== undefined && wanted.delete(name)) found.set(name, item)
    }
    return wanted.size > 0
  })
  if ('end' in swept) return { found, rest: swept.end === 'complete' ? 'missing' : 'unknown' }
  // Who may not list may still be allowed to look at single secrets.
  return { found, rest: meaningOf(swept.failure) === 'denied' ? 'unknown' : swept.failure }
}

async function lookAtOne(calls: AzureCalls, scope: SecretsScope, name: string): Promise<Answer> {
  const id = storedName(scope, name, '-')
  const newest = await newestVersion(calls, id)
  if ('value' in newest) return newest.value ? (answerOf(scope, name, newest.value) ?? found) : { kind: 'missing' }
  return meaningOf(newest.failure) === 'not-found' ? { kind: 'missing' } : failureAnswer(newest.failure, id)
}

/** Versions come in the order of their ids, which is no order of time; of a tie an enabled one counts. */
export async function newestVersion(calls: AzureCalls, id: string): Promise<Result<Properties | undefined>> {
  let newest: Properties | undefined
  const swept = await readPages(
    next => calls.versions(id, next),
    maxPagesOfVersions,
    items => {
      for (const item of items) {
        const age = item.created - (newest?.created ?? -1)
        if (age > 0 || (age === 0 && item.isEnabled)) newest = item
      }
      return true
    },
  )
  if ('failure' in swept) return swept
  return swept.end === 'cut' ? { failure: { operation: 'versions', trouble: malformed } } : { value: newest }
}

async function readOne(calls: AzureCalls, scope: SecretsScope, name: string): Promise<Answer> {
  const id = storedName(scope, name, '-')
  const read = await calls.read(id)
  if ('failure' in read) {
    return meaningOf(read.failure) === 'not-found' ? { kind: 'missing' } : failureAnswer(read.failure, id)
  }
  const answer = answerOf(scope, name, read.value)
  if (answer) return answer
  const { keys } = read.value
  if (typeof keys !== 'string') return { kind: 'found', keys }
  const reason = `ZenML cannot read ${quoted(id, 300)}: ${keys}. Update or register it again with ZenML.`
  return { kind: 'unusable', reason }
}

/** The answer for what ZenML could not use; `undefined` for a secret that is right. */
function answerOf(scope: SecretsScope, name: string, { id, tags, isEnabled }: Properties): Answer | undefined {
  const expected = storedName(scope, name, '-')
  const tagged = tags.get('zenml_secret_name') ?? name
  // Key Vault finds a name in any case; ZenML then compares the tag, and takes another case for another secret.
  if (isOtherCase(id, expected) || isOtherCase(tagged, name)) return { kind: 'missing' }
  if (id !== expected) return failureAnswer({ operation: 'read', trouble: malformed }, expected)
  if (!isEnabled) return { kind: 'unusable', reason: disabledReason(id) }
  const problem = exactTagProblem(scope, name, tags)
  if (problem === undefined) return undefined
  return {
    kind: 'unusable',
    reason: `Azure Key Vault holds ${quoted(id, 300)}, but ${problem}, so that ZenML takes it for missing. Correct its tags, or delete it and register it with ZenML.`,
  }
}

function isOtherCase(text: string, expected: string): boolean {
  return text !== expected && text.toLowerCase() === expected.toLowerCase()
}

async function all(
  names: readonly string[],
  answer: (name: string) => Promise<Answer>,
): Promise<ReadonlyMap<string, Answer>> {
  return new Map(await Promise.all(names.map(async name => [name, await answer(name)] as const)))
}
