import type { AwsFault } from '../../scripts/servers/aws-proxy.ts'
import { globalSecrets, type StoredSecret } from './aws-store.ts'

/** A state of the service in which ZenML 0.22 was asked for `{{slack.token}}`, scope global, and what we say of it. */
export interface AwsState {
  readonly secrets: readonly StoredSecret[]
  /** Name of one to be scheduled for deletion. */
  readonly deleted?: string
  readonly faults?: readonly AwsFault[]
  /** Kind of the answer at each depth, or the keys of a secret that is found. */
  readonly names: string
  readonly keys: string | readonly string[]
}

const [slack] = globalSecrets({ slack: { token: 'x' } })
const tags = slack?.Tags ?? []

function payload(text: string, rest: Partial<StoredSecret> = {}): readonly StoredSecret[] {
  return [{ Name: 'zenml/global/slack', SecretString: text, Tags: tags, ...rest }]
}

function content(json: unknown): readonly StoredSecret[] {
  return payload(JSON.stringify(json))
}

const arbitrary = { zenml_schema_name: 'arbitrary' }
const good = payload(JSON.stringify({ token: 'x', ...arbitrary }))
const plain = JSON.stringify({ token: 'x', ...arbitrary })
const unreadable = { names: 'found', keys: 'unusable' } as const
const readable = { names: 'found', keys: ['token'] } as const
const missing = { names: 'missing', keys: 'missing' } as const
const unusable = { names: 'unusable', keys: 'unusable' } as const

/** By the name the recorded cases have. */
export const awsStates: ReadonlyMap<string, AwsState> = new Map<string, AwsState>([
  ['absent', { secrets: [], ...missing }],
  ['ok', { secrets: good, ...readable }],
  ['binary', { secrets: [{ Name: 'zenml/global/slack', SecretBinary: 'AAEC', Tags: tags }], ...unreadable }],
  ['not json', { secrets: payload('token=x'), ...unreadable }],
  ['json no marker', { secrets: content({ token: 'x' }), ...unreadable }],
  ['json list', { secrets: content(['token', 'x']), ...unreadable }],
  ['json string', { secrets: content('token'), ...unreadable }],
  ['unknown schema', { secrets: content({ token: 'x', zenml_schema_name: 'nope' }), ...unreadable }],
  ['aws schema bad', { secrets: content({ token: 'x', zenml_schema_name: 'aws' }), ...unreadable }],
  ['int value', { secrets: content({ token: 5, ...arbitrary }), ...readable }],
  ['null value', { secrets: content({ token: null, ...arbitrary }), ...readable }],
  ['dict value', { secrets: content({ token: { a: 1 }, ...arbitrary }), ...readable }],
  ['empty value', { secrets: content({ token: '', ...arbitrary }), ...readable }],
  ['no tags', { secrets: payload(plain, { Tags: [] }), ...unusable }],
  [
    'scope tag namespace',
    {
      secrets: payload(plain, {
        Tags: [
          { Key: 'zenml_scope', Value: 'namespace' },
          { Key: 'zenml_secret_name', Value: 'slack' },
        ],
      }),
      ...unusable,
    },
  ],
  ['only slack2', { secrets: globalSecrets({ slack2: { token: 'x' } }), ...missing }],
  ['only unscoped name', { secrets: payload(plain, { Name: 'slack' }), ...missing }],
  [
    'key name in payload',
    { secrets: content({ name: 'n', token: 'x', ...arbitrary }), names: 'found', keys: ['name', 'token'] },
  ],
  ['scheduled for deletion', { secrets: good, deleted: 'zenml/global/slack', ...unusable }],
  [
    'deny ListSecrets',
    { secrets: good, faults: [{ operation: 'ListSecrets', error: 'AccessDeniedException' }], ...readable },
  ],
  [
    'deny GetSecretValue',
    {
      secrets: good,
      faults: [
        { operation: 'BatchGetSecretValue', error: 'AccessDeniedException' },
        { operation: 'GetSecretValue', error: 'AccessDeniedException' },
      ],
      names: 'found',
      keys: 'denied',
    },
  ],
])
