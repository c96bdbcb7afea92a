import type { Answer, Backend } from '../backends/backend.ts'
import { isWhiteSpace } from '../references/grammar.ts'
import type { Definitions } from './definitions.ts'
import type { Finding } from './finding.ts'
import type { Answers, AssignedUse } from './look-up.ts'
import { nearest } from './suggest.ts'
import type { JudgedUse, SecretUse, Verdict } from './use.ts'

/** The verdict on one use, and the finding it gives, if any. */
export interface Judgement {
  readonly use: JudgedUse
  readonly finding: Finding | undefined
}

/** Judges uses one by one, given what their backends said. */
export type Judge = (assigned: AssignedUse) => Judgement

/**
 * Without a backend a use is `unverified` (and its stack has one `no-backend` finding); a templated one is `skipped`.
 * What a name suggests is worked out once, however many uses it has.
 */
export function createJudge(answers: ReadonlyMap<Backend, Answers>, definitions: Definitions): Judge {
  const suggestions = new Map<string, readonly string[]>()
  const suggest: Suggest = (name, scope, existing) => {
    const key = JSON.stringify([scope, name])
    const known = suggestions.get(key) ?? nearest(name, existing)
    suggestions.set(key, known)
    return known
  }
  return ({ use, backend }) => {
    if (use.via === 'templated') return without(use, 'skipped')
    if (!backend) return without(use, 'unverified')
    const given = answers.get(backend)
    const answer = given?.byName.get(use.secret) ?? unanswered
    const finding = findingOf(use, {
      description: backend.description,
      names: given?.names,
      answer,
      suggest,
      definitions,
    })
    return { use: { ...use, verdict: verdictOf(use, answer), backend: backend.name }, finding }
  }
}

function without(use: SecretUse, verdict: Verdict): Judgement {
  return { use: { ...use, verdict, backend: undefined }, finding: undefined }
}

const unanswered: Answer = { kind: 'unverified', reason: 'The backend gave no answer for this name.' }

/** `scope` tells apart the lists that a name is looked for in. */
type Suggest = (name: string, scope: readonly string[], existing: Iterable<string>) => readonly string[]

interface Asked {
  readonly description: string
  /** `undefined` where no existing name may be told. */
  readonly names: readonly string[] | undefined
  readonly answer: Answer
  readonly suggest: Suggest
  readonly definitions: Definitions
}

function verdictOf({ key }: SecretUse, answer: Answer): Verdict {
  if (answer.kind === 'illegal-name') return 'invalid'
  if (answer.kind !== 'found') return answer.kind
  return lacksKey(key, answer) ? 'key_missing' : 'found'
}

function lacksKey(key: string | null, answer: Answer & { kind: 'found' }): key is string {
  return key !== null && answer.keys !== 'not-read' && !answer.keys.has(key)
}

const answeredKinds = {
  unusable: 'unusable-secret',
  denied: 'access-denied',
  unverified: 'unverified',
  'illegal-name': 'illegal-name',
} as const

function findingOf(use: SecretUse, { description, names, answer, suggest, definitions }: Asked): Finding | undefined {
  const { secret, breaksRegistration } = use
  const located = locatedAt(use)
  // Without braces nobody wrote the key: one finding serves all keys that are needed there.
  const key = use.via === 'secret-name' ? null : use.key
  const missing = { secret, breaksRegistration, backend: description, ...located }
  if (answer.kind === 'missing') {
    const meant = unreferenceable(use, names ?? [])
    if (meant !== undefined) {
      return { kind: 'unreferenceable-secret', secret, key, meant, backend: description, ...located }
    }
    const createdIn = definitions.creationOf(secret)
    const hidden = answer.mayBeHidden ? { mayBeHidden: true as const } : {}
    return {
      kind: 'missing-secret',
      key,
      // What the repository creates may be told to anybody who reads it.
      suggestions: suggest(secret, [description], new Set([...(names ?? []), ...definitions.names])),
      ...(createdIn && { createdIn }),
      ...hidden,
      ...missing,
    }
  }
  if (answer.kind !== 'found') {
    const kind = answeredKinds[answer.kind]
    return { kind, secret, key, backend: description, reason: answer.reason, ...located }
  }
  if (lacksKey(use.key, answer)) {
    const keys = answer.keys === 'not-read' || !names ? [] : answer.keys
    const suggestions = suggest(use.key, [description, secret], keys)
    return { kind: 'missing-key', key: use.key, suggestions, ...missing }
  }
  if (answer.spelling === undefined || answer.spelling === secret) return undefined
  return { kind: 'case-mismatch', secret, spelling: answer.spelling, backend: description, ...located }
}

function locatedAt({ place, excerpt, stack, component, attribute }: SecretUse) {
  return { place, excerpt, stack, component, attribute }
}

/**
 * An existing name that was probably meant and that no reference can name: `{{my.db.password}}` is split at its first
 * dot, so a secret `my.db` is never asked for; nor is one with a blank where the reference has another separator. Where
 * a bare name stands, any name can.
 */
function unreferenceable({ via, secret, key }: SecretUse, names: readonly string[]): string | undefined {
  if (via !== 'reference') return undefined
  const whole = key === null ? secret : `${secret}.${key}`
  return names.find(name => {
    if (name.includes('.')) return name.startsWith(`${secret}.`) && (whole === name || whole.startsWith(`${name}.`))
    return hasBlank(name) && separated(name) === separated(secret)
  })
}

function hasBlank(name: string): boolean {
  return [...name].some(character => isWhiteSpace(character.charCodeAt(0)))
}

function separated(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '_')
}
