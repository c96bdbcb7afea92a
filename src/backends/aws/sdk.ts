import type * as SecretsManager from '@aws-sdk/client-secrets-manager'
import type * as Sts from '@aws-sdk/client-sts'
import type { Environment } from '../../http/proxy.ts'
import { clientConfig, guardHandler } from './client-config.ts'

interface CallOptions {
  readonly abortSignal: AbortSignal
}

type Call<Input, Output> = (input: Input, options: CallOptions) => Promise<Output>

/** The calls of the SDK we make. They reject with its errors, which may quote anything. */
export interface Sdk {
  /** Finds credentials in the default chain, once. */
  readonly credentials: () => Promise<unknown>
  readonly list: Call<SecretsManager.ListSecretsCommandInput, SecretsManager.ListSecretsCommandOutput>
  readonly describe: Call<SecretsManager.DescribeSecretCommandInput, SecretsManager.DescribeSecretCommandOutput>
  readonly get: Call<SecretsManager.GetSecretValueCommandInput, SecretsManager.GetSecretValueCommandOutput>
  readonly batchGet: Call<
    SecretsManager.BatchGetSecretValueCommandInput,
    SecretsManager.BatchGetSecretValueCommandOutput
  >
  readonly create: Call<SecretsManager.CreateSecretCommandInput, SecretsManager.CreateSecretCommandOutput>
  readonly put: Call<SecretsManager.PutSecretValueCommandInput, SecretsManager.PutSecretValueCommandOutput>
  readonly remove: Call<SecretsManager.DeleteSecretCommandInput, SecretsManager.DeleteSecretCommandOutput>
  readonly whoAmI: Call<Sts.GetCallerIdentityCommandInput, Sts.GetCallerIdentityCommandOutput>
}

/** Loads AWS's SDK; nothing is asked yet. Credentials and endpoints are what the SDK finds in the environment. */
export async function loadSdk(region: string, environment: Environment): Promise<Sdk> {
  const {
    SecretsManagerClient,
    ListSecretsCommand,
    DescribeSecretCommand,
    GetSecretValueCommand,
    BatchGetSecretValueCommand,
    CreateSecretCommand,
    PutSecretValueCommand,
    DeleteSecretCommand,
  } = await import('@aws-sdk/client-secrets-manager')
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
  const config = clientConfig(region, environment)
  const secrets = new SecretsManagerClient(config)
  const { credentials, requestHandler } = secrets.config
  guardHandler(requestHandler)
  const identities = new STSClient({ ...config, credentials, requestHandler })
  return {
    credentials,
    list: (input, options) => secrets.send(new ListSecretsCommand(input), options),
    describe: (input, options) => secrets.send(new DescribeSecretCommand(input), options),
    get: (input, options) => secrets.send(new GetSecretValueCommand(input), options),
    batchGet: (input, options) => secrets.send(new BatchGetSecretValueCommand(input), options),
    create: (input, options) => secrets.send(new CreateSecretCommand(input), options),
    put: (input, options) => secrets.send(new PutSecretValueCommand(input), options),
    remove: (input, options) => secrets.send(new DeleteSecretCommand(input), options),
    whoAmI: (input, options) => identities.send(new GetCallerIdentityCommand(input), options),
  }
}
