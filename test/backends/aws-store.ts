import type { AwsOptions } from '../../src/backends/aws/options.ts'
import type { Secrets } from './contract.ts'

/** A secret as AWS stores it. */
export interface StoredSecret {
  readonly Name: string
  readonly SecretString?: string
  /** Base64. */
  readonly SecretBinary?: string
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
}

/** A call of the JSON protocol of AWS Secrets Manager that has to succeed. The servers of tests check no signature. */
export async function callAws(url: string, operation: string, input: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': `secretsmanager.${operation}`,
      'content-type': 'application/x-amz-json-1.1',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/secretsmanager/aws4_request, Signature=0',
    },
    body: JSON.stringify(input),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`)
  return JSON.parse(text)
}

export async function store(url: string, secrets: readonly StoredSecret[]): Promise<void> {
  for (let start = 0; start < secrets.length; start += 20) {
    await Promise.all(secrets.slice(start, start + 20).map(secret => callAws(url, 'CreateSecret', secret)))
  }
}

/** Secrets as ZenML writes them in scope `global`. */
export function globalSecrets(secrets: Secrets): readonly StoredSecret[] {
  return Object.entries(secrets).map(([name, content]) => ({
    Name: `zenml/global/${name}`,
    SecretString: JSON.stringify({ ...content, zenml_schema_name: 'arbitrary' }),
    Tags: [
      { Key: 'zenml_scope', Value: 'global' },
      { Key: 'zenml_secret_name', Value: name },
      { Key: 'zenml_component_name', Value: 'sm' },
    ],
  }))
}

export function awsOptions(options: Partial<AwsOptions> = {}): AwsOptions {
  return {
    region: 'us-east-1',
    scope: 'global',
    namespace: undefined,
    componentId: undefined,
    environment: {},
    homedir: '/nowhere/home',
    workspace: '/nowhere/workspace',
    ...options,
  }
}

export const canaryKey = 'canary-aws-secret-access-key-77d1'

/** Points AWS's SDK at a server of tests, with static credentials and nothing else; returns what undoes it. */
export function useAwsEnvironment(url: string): () => void {
  const before = { ...process.env }
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: canaryKey,
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  return () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
    Object.assign(process.env, before)
  }
}
