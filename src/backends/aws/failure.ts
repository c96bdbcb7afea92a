import { classify } from '../../http/classify.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'

/** Why a call gave nothing. Holds no text of the service, which may quote anything. */
export interface AwsFailure {
  readonly kind: FailureKind
  /** Such as `ListSecrets`. */
  readonly operation: string
  /** Name or code of the error, such as `ThrottlingException` or `ECONNREFUSED`; letters, digits, `_`, `.` and `-` only. */
  readonly code: string
}

type FailureKind =
  | 'not-found'
  | 'exists'
  | 'denied'
  /** The secret is in a state that forbids the call: scheduled for deletion. */
  | 'state'
  | 'decryption'
  | 'credentials'
  | 'clock'
  | 'throttled'
  | 'service'
  | 'insecure'
  | 'timeout'
  | 'aborted'
  | 'unexpected'
  | ReturnType<typeof classify>['kind']

const kinds: ReadonlyMap<string, FailureKind> = new Map(
  (
    [
      ['not-found', ['ResourceNotFoundException']],
      ['exists', ['ResourceExistsException']],
      ['denied', ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorized']],
      ['state', ['InvalidRequestException']],
      ['decryption', ['DecryptionFailure']],
      [
        'credentials',
        [
          'CredentialsProviderError',
          'TokenProviderError',
          'ProviderError',
          'ExpiredToken',
          'ExpiredTokenException',
          'TokenRefreshRequired',
          'InvalidClientTokenId',
          'UnrecognizedClientException',
          'InvalidIdentityToken',
          'InvalidIdentityTokenException',
          'IDPRejectedClaimException',
          'MissingAuthenticationToken',
          'MissingAuthenticationTokenException',
          'IncompleteSignature',
          'IncompleteSignatureException',
          'InvalidSignatureException',
          'SignatureDoesNotMatch',
          'AuthFailure',
          'OptInRequired',
        ],
      ],
      ['clock', ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture']],
      [
        'throttled',
        [
          'ThrottlingException',
          'Throttling',
          'ThrottledException',
          'TooManyRequestsException',
          'RequestLimitExceeded',
          'RequestThrottledException',
          'LimitExceededException',
          'SlowDown',
        ],
      ],
      ['service', ['InternalServiceError', 'InternalFailure', 'InternalServerError', 'ServiceUnavailable']],
      ['timeout', ['TimeoutError']],
      ['insecure', ['InsecureEndpoint']],
    ] satisfies readonly (readonly [FailureKind, readonly string[]])[]
  ).flatMap(([kind, names]) => names.map(name => [name, kind] as const)),
)

/** Tells kinds apart by names, codes and the status alone. */
export function failureOf(operation: string, error: unknown): AwsFailure {
  const { name, $metadata } = (error ?? {}) as {
    readonly name?: unknown
    readonly $metadata?: { readonly httpStatusCode?: number }
  }
  const status = $metadata?.httpStatusCode ?? 0
  const known = kindOfCode(name)
  if (known) return { kind: known, operation, code: codeOf(name) }
  if (status >= 500) return { kind: 'service', operation, code: `HTTP ${status}` }
  if (typeof name === 'string' && name.endsWith('Exception'))
    return { kind: 'unexpected', operation, code: codeOf(name) }
  if (status > 0) return { kind: 'unexpected', operation, code: status === 200 ? 'no JSON' : `HTTP ${status}` }
  const { kind, code } = classify(error)
  return code === undefined ? { kind: 'unexpected', operation, code: codeOf(name) } : { kind, operation, code }
}

/** The kind of an error in the answer to a batch, which has a code and no more. */
export function failureOfCode(operation: string, code: string | undefined): AwsFailure {
  return { kind: kindOfCode(code) ?? 'unexpected', operation, code: codeOf(code) }
}

function kindOfCode(code: unknown): FailureKind | undefined {
  return typeof code === 'string' ? kinds.get(code) : undefined
}

function codeOf(name: unknown): string {
  return typeof name === 'string' && /^[A-Za-z][\w.-]{0,60}$/.test(name) ? name : 'an unknown error'
}

export interface FailureContext {
  readonly region: string
  /** ARN of the identity, where it is known. */
  readonly identity: string | undefined
  /** Name of the secret as AWS has it, where the call was about one. */
  readonly secret?: string
}

/** The answer about a secret whose call failed, in our own words. Not for `not-found`, which is evidence. */
export function failureAnswer({ kind, operation, code }: AwsFailure, context: FailureContext): Answer {
  const { region, secret = '' } = context
  const call = `The call ${operation} of AWS Secrets Manager in ${region}`
  switch (kind) {
    case 'denied':
      return { kind: 'denied', reason: deniedReason(operation, context) }
    case 'state':
      return {
        kind: 'unusable',
        reason: `AWS Secrets Manager does not hand out ${quoted(secret)} in its present state, as when it is scheduled for deletion (${code}). Restore it or register it again.`,
      }
    case 'decryption':
      return {
        kind: 'unusable',
        reason: `AWS Secrets Manager cannot decrypt ${quoted(secret)} with its KMS key (${code}). Check that the key is enabled.`,
      }
    case 'credentials':
      return unverified(`AWS took no credentials (${code}). ${triedSources}`)
    case 'clock':
      return unverified(`AWS refused the time of a request (${code}). Check the clock of this machine.`)
    case 'throttled':
      return unverified(`${call} was throttled (${code}), also when tried again. Run it again later.`)
    case 'service':
      return unverified(`${call} failed (${code}), also when tried again. Run it again later.`)
    case 'dns':
      return unverified(
        `The host of AWS Secrets Manager in ${region} was not found (${code}). Check aws-region and the network.`,
      )
    case 'tls':
      return unverified(
        `No trusted TLS connection to AWS in ${region} could be made (${code}). Where a proxy re-signs traffic, name its certificate in NODE_EXTRA_CA_CERTS.`,
      )
    case 'proxy':
      return unverified(`The proxy of HTTPS_PROXY did not connect to AWS (${code}). Check HTTPS_PROXY and NO_PROXY.`)
    case 'insecure':
      return unverified(
        'The endpoint set for AWS is not https, so nothing was sent to it. Correct AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_SECRETS_MANAGER.',
      )
    case 'timeout':
      return unverified(`${call} was not answered in time. Check the network and the endpoint.`)
    case 'aborted':
      return unverified('The run was stopped, or its time was up, before AWS Secrets Manager answered.')
    case 'network':
      return unverified(
        `${call} failed: the connection broke or was refused (${code}). Check the network and the endpoint.`,
      )
    default:
      return unverified(`${call} was answered in a way that is not understood (${code}). Check the endpoint.`)
  }
}

const triedSources =
  'Tried, in this order: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as aws-actions/configure-aws-credentials sets them; the profile of AWS_PROFILE or "default"; the web identity of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE; the role of the container or the instance. Renew or set one of them, and check that the region is enabled for the account and that the clock of this machine is right.'

function deniedReason(operation: string, { region, identity, secret }: FailureContext): string {
  const who = `The AWS identity${shownIdentity(identity)}`
  const isRead = operation === 'GetSecretValue' || operation === 'BatchGetSecretValue'
  const permission = isRead ? 'secretsmanager:GetSecretValue' : `secretsmanager:${operation}`
  const target = secret === undefined ? '"*"' : quoted(secret)
  const key = isRead ? ' and kms:Decrypt on its key' : (needed.get(operation) ?? '')
  return `${who} may not call ${permission} on ${target} in ${region}. Allow it ${permission}${key}.`
}

/** What else AWS asks for where it does something. */
const needed: ReadonlyMap<string, string> = new Map([
  [
    'CreateSecret',
    ', secretsmanager:TagResource, and kms:GenerateDataKey and kms:Decrypt where a key of its own is used',
  ],
  ['PutSecretValue', ', and kms:GenerateDataKey where the secret has a key of its own'],
])

/** Of `arn:aws:sts::123456789012:assumed-role/ci/run` what tells it apart, with the end of its account alone. */
function shownIdentity(arn = ''): string {
  const [, , , , account = '', ...resource] = arn.split(':')
  if (account === '' || resource.length === 0) return ''
  return ` ${quoted(resource.join(':'))} (account ending in ${displayable(account.slice(-4))})`
}

function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}
