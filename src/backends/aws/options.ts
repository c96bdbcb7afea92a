import type { Environment } from '../../http/proxy.ts'
import type { ScopeOptions } from '../secrets-manager/read-scope.ts'

/** Settings of the AWS backend. Holds no secret: credentials are found by the SDK itself. */
export interface AwsOptions extends ScopeOptions {
  /** Such as `eu-west-1`; may come from a stack file, unchecked. */
  readonly region: string | undefined
  /** Where `HTTPS_PROXY`, the endpoint and the names of AWS's own files are looked up. */
  readonly environment: Environment
  /** Absolute path. */
  readonly homedir: string
  /** Absolute path of the folder under check: no credentials are taken from files in it. */
  readonly workspace: string
}

export const awsOptionRows = {
  'aws-region': {
    description: 'Region of AWS Secrets Manager, such as eu-west-1, where the stack file does not say it.',
    group: 'backend',
    type: 'text',
    placeholder: 'REGION',
    list: false,
    default: undefined,
    environment: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    surfaces: ['check', 'action'],
  },
} as const

/** Whether a text is written like a region. It becomes part of a host's name, so nothing else may pass. */
export function isAwsRegion(text: string): boolean {
  return /^[a-z]{2,4}(?:-[a-z]{1,16}){1,3}-\d{1,2}$/.test(text)
}
