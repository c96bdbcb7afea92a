import type { Trouble } from '../../http/trouble.ts'
import { entriesOf } from './json.ts'

/**
 * What the body of an error means. `absent`: an empty list of errors, Vault's word for nothing there, and for what one
 * may not see. `deleted`, `destroyed`: of the version asked for. `other-engine`: a KV engine of version 2 was asked in
 * the way of version 1, or one before 1.10 for what it does not know. `other-version`: what was to be written builds on
 * a version that is not the current one.
 */
export type ErrorCode =
  | 'absent'
  | 'deleted'
  | 'destroyed'
  | 'bad-token'
  | 'denied'
  | 'sealed'
  | 'no-namespace'
  | 'no-mount'
  | 'other-engine'
  | 'other-version'

/** The status that gives each its meaning: an empty list of errors comes with any. */
const statusOf: Readonly<Record<ErrorCode, number>> = {
  absent: 404,
  deleted: 404,
  destroyed: 404,
  'bad-token': 403,
  denied: 403,
  sealed: 503,
  'no-namespace': 404,
  'no-mount': 404,
  'other-engine': 404,
  'other-version': 400,
}

/** What an error means; `undefined` for whatever is not certain. */
export function codeOf(trouble: Trouble): ErrorCode | undefined {
  if (trouble.kind !== 'status') return undefined
  const codes = Object.entries(statusOf) as readonly (readonly [ErrorCode, number])[]
  return codes.find(([code, status]) => code === trouble.detail && status === trouble.status)?.[0]
}

/** By what their texts hold; the first that fits counts. */
const codes: readonly (readonly [string, ErrorCode])[] = [
  ['invalid token', 'bad-token'],
  ['permission denied', 'denied'],
  ['preflight capability check', 'denied'],
  ['sealed', 'sealed'],
  ['not initialized', 'sealed'],
  ['namespace not found', 'no-namespace'],
  ['no handler for route', 'no-mount'],
  ['unsupported path', 'other-engine'],
  ['check-and-set parameter did not match', 'other-version'],
]

/** Tells errors apart by their body alone, of which nothing is handed on; see `codeOf`. */
export function errorCode(json: unknown): ErrorCode | undefined {
  const body = entriesOf(json)
  const metadata = entriesOf(entriesOf(body.get('data')).get('metadata'))
  if (metadata.get('destroyed') === true) return 'destroyed'
  if (metadata.get('deletion_time')) return 'deleted'
  if (textsOf(body.get('warnings')).some(text => text.startsWith('Invalid path for a versioned K/V'))) {
    return 'other-engine'
  }
  const errors = body.get('errors')
  if (Array.isArray(errors) && errors.length === 0) return 'absent'
  const texts = textsOf(errors)
  // A policy's refusal comes in a list, "1 error occurred", that of a token alone.
  if (texts[0] === 'permission denied') return 'bad-token'
  return codes.find(([part]) => texts.some(text => text.includes(part)))?.[1]
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter(item => typeof item === 'string') : []
}
