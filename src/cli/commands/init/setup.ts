import type { BackendName } from '../../../backends/backend.ts'
import type { OptionName } from '../../../settings/options.ts'

/** What the files are written from. */
export interface Setup {
  /** The action as a workflow names it. */
  readonly action: { readonly repository: string; readonly ref: string }
  readonly backend: 'auto' | BackendName
  /** Value of the one option that says where the backend is; `undefined` leaves it out. */
  readonly where: string | undefined
}

/** What a workflow needs for a backend, beside the option that says where it is. */
export interface BackendSetup {
  readonly option: OptionName | undefined
  readonly question: string
  /** Names of the repository's settings that the workflow reads, for somebody to create. */
  readonly secrets: readonly string[]
  readonly variables: readonly string[]
  /** Inputs of the step, as YAML. */
  readonly inputs: readonly string[]
  /** Steps before it that log in, as YAML. */
  readonly login: readonly string[]
}

const nothing: BackendSetup = { option: undefined, question: '', secrets: [], variables: [], inputs: [], login: [] }

export const backendSetups: Readonly<Record<'auto' | BackendName, BackendSetup>> = {
  auto: nothing,
  local: { ...nothing, option: 'secrets-file', question: "Path of ZenML's local secrets file, in the repository:" },
  zenml: {
    ...nothing,
    option: 'zenml-url',
    question: 'Address of the ZenML server:',
    secrets: ['ZENML_API_KEY'],
    inputs: [`zenml-api-key: ${expression('secrets.ZENML_API_KEY')}`],
  },
  aws: {
    ...nothing,
    option: 'aws-region',
    question: 'Region of AWS Secrets Manager:',
    variables: ['AWS_ROLE', 'AWS_REGION'],
    login: [
      '- uses: aws-actions/configure-aws-credentials@v6',
      '  with:',
      `    role-to-assume: ${expression('vars.AWS_ROLE')}`,
      `    aws-region: ${expression('vars.AWS_REGION')}`,
    ],
  },
  gcp: {
    ...nothing,
    option: 'gcp-project',
    question: 'Project of Google Secret Manager:',
    variables: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT'],
    login: [
      '- uses: google-github-actions/auth@v3 # after the checkout: it writes into the workspace',
      '  with:',
      `    workload_identity_provider: ${expression('vars.GCP_WORKLOAD_IDENTITY_PROVIDER')}`,
      `    service_account: ${expression('vars.GCP_SERVICE_ACCOUNT')}`,
    ],
  },
  azure: {
    ...nothing,
    option: 'azure-vault-url',
    question: 'Address of the Azure key vault:',
    variables: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID'],
    login: [
      '- uses: azure/login@v3',
      '  with:',
      `    client-id: ${expression('vars.AZURE_CLIENT_ID')}`,
      `    tenant-id: ${expression('vars.AZURE_TENANT_ID')}`,
      '    allow-no-subscriptions: true',
    ],
  },
  vault: {
    ...nothing,
    option: 'vault-url',
    question: 'Address of the Vault or OpenBao server:',
    secrets: ['VAULT_TOKEN'],
    inputs: [`vault-token: ${expression('secrets.VAULT_TOKEN')}`],
  },
  github: {
    ...nothing,
    option: 'github-repository',
    question: 'Repository whose Actions secrets are looked up, such as acme/app:',
    variables: ['SECRETS_APP_CLIENT_ID'],
    secrets: ['SECRETS_APP_PRIVATE_KEY'],
    inputs: ['level: SECRET_EXISTS', `github-token: ${expression('steps.app.outputs.token')}`],
    login: [
      '- uses: actions/create-github-app-token@v3',
      '  id: app',
      '  with:',
      `    client-id: ${expression('vars.SECRETS_APP_CLIENT_ID')}`,
      `    private-key: ${expression('secrets.SECRETS_APP_PRIVATE_KEY')}`,
      '    permission-secrets: read',
    ],
  },
}

/** An expression of GitHub Actions. */
function expression(text: string): string {
  return `\${{ ${text} }}`
}
