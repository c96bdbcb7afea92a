import { type Trouble, troubleSentence } from '../../http/trouble.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Acquired } from '../access-token.ts'
import type { Answer } from '../backend.ts'

export type GcpOperation = 'list' | 'get' | 'access' | 'create' | 'addVersion' | 'delete'

/** Why a call gave nothing. */
export interface GcpFailure {
  readonly operation: GcpOperation
  readonly trouble: Trouble | typeof malformed
}

/** An answer with success that is none of this API. */
export const malformed = { kind: 'malformed' } as const

type Meaning = 'not-found' | 'exists' | 'refused' | 'state' | 'denied' | 'switched-off' | 'credentials' | 'other'

/** Only an error in Google's own form says anything: a proxy or a web page has statuses too. */
export function meaningOf({ trouble }: GcpFailure): Meaning {
  if (trouble.kind !== 'status') return 'other'
  const [code, reason] = trouble.detail?.split('/') ?? []
  if (trouble.status === 404 && code === 'NOT_FOUND') return 'not-found'
  if (trouble.status === 400 && code === 'FAILED_PRECONDITION') return 'state'
  if (trouble.status === 409 && code === 'ALREADY_EXISTS') return 'exists'
  if (trouble.status === 400 && code === 'INVALID_ARGUMENT') return 'refused'
  if (trouble.status === 401) return 'credentials'
  if (trouble.status !== 403 || code !== 'PERMISSION_DENIED') return 'other'
  return reason === 'SERVICE_DISABLED' || reason === 'CONSUMER_INVALID' ? 'switched-off' : 'denied'
}

interface FailureContext {
  readonly project: string
  /** Id of the secret as Google has it, where the call was about one. */
  readonly secret?: string | undefined
}

const permissions = {
  list: { permission: 'secretmanager.secrets.list', role: 'roles/secretmanager.viewer' },
  get: { permission: 'secretmanager.secrets.get', role: 'roles/secretmanager.viewer' },
  access: { permission: 'secretmanager.versions.access', role: 'roles/secretmanager.secretAccessor' },
  create: { permission: 'secretmanager.secrets.create', role: 'roles/secretmanager.admin' },
  addVersion: { permission: 'secretmanager.versions.add', role: 'roles/secretmanager.secretVersionAdder' },
  delete: { permission: 'secretmanager.secrets.delete', role: 'roles/secretmanager.admin' },
} as const satisfies Record<GcpOperation, object>

/** The answer about a secret whose call failed, in our own words. `not-found` counts as evidence elsewhere. */
export function failureAnswer(failure: GcpFailure, { project, secret }: FailureContext): Answer {
  const { permission, role } = permissions[failure.operation]
  const target = secret === undefined ? '' : ` on ${quoted(secret, 300)}`
  switch (meaningOf(failure)) {
    case 'denied':
      return {
        kind: 'denied',
        reason: `The Google identity may not ${permission}${target} in the project ${quoted(project)}. Grant it ${role}.`,
      }
    case 'state':
      return {
        kind: 'unusable',
        reason: `The latest version of ${quoted(secret ?? '', 300)} in Google Secret Manager is disabled or destroyed. Enable it, or register the secret again.`,
      }
    case 'credentials':
      return unverified(`Google refused the credentials. ${triedSources}`)
    case 'switched-off':
      return unverified(
        `The project ${quoted(project)} does not exist or has no Secret Manager. Check gcp-project, and enable secretmanager.googleapis.com in it.`,
      )
    case 'not-found':
      return unverified(
        `Google finds nothing${target}, but this identity may not list the secrets of the project ${quoted(project)}, so that nothing is proven. Grant it roles/secretmanager.viewer on the project.`,
      )
    case 'exists':
    case 'refused':
    case 'other':
      return unverified(otherReason(failure))
  }
}

function otherReason({ operation, trouble }: GcpFailure): string {
  if (trouble.kind === 'malformed') {
    return `Google Secret Manager answered the call "${operation}" in a way that is not understood. Check the network and any proxy.`
  }
  return displayable(troubleSentence(trouble), 2_000)
}

/** Where there is no token at all. */
export function credentialsAnswer(acquired: Exclude<Acquired<unknown>, { value: unknown }>): Answer {
  if (acquired.failure === 'aborted') {
    return unverified('The run was stopped, or its time was up, before Google Secret Manager answered.')
  }
  if (acquired.failure === 'timeout') {
    return unverified(`Google made no token in time. ${triedSources}`)
  }
  const code = acquired.code === undefined ? '' : ` (${acquired.code})`
  return unverified(`Google made no token${code}. ${triedSources}`)
}

const triedSources =
  'Tried, in this order: the file of GOOGLE_APPLICATION_CREDENTIALS, as google-github-actions/auth sets it; the file that "gcloud auth application-default login" writes; the metadata server of the machine. Renew or set one of them.'

export function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}
