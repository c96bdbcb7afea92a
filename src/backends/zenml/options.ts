import type { Concealed } from '../../text/concealed.ts'

/** Settings of the ZenML server's own store. Of the credentials the first that is given counts, in this order. */
export interface ZenmlOptions {
  readonly url: string | undefined
  readonly apiKey: Concealed | undefined
  readonly token: Concealed | undefined
  readonly username: string | undefined
  readonly password: Concealed | undefined
  /** ZenML's own `ZENML_STORE_VERIFY_SSL`: `false` is refused, PEM is trusted beside Node's own certificates. */
  readonly verifySsl: string | undefined
}

/** The same as flags and inputs; see the table in `settings/options.ts`, which checks the shape of these rows. */
export const zenmlOptionRows = {
  'zenml-url': {
    description: 'Address of the ZenML server whose secrets are looked up and whose stacks are read.',
    group: 'backend',
    type: 'text',
    placeholder: 'URL',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_URL'],
    surfaces: ['check', 'references', 'action'],
  },
  'zenml-api-key': {
    description: 'API key of a service account of the ZenML server.',
    group: 'backend',
    type: 'token',
    placeholder: 'KEY',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_API_KEY'],
    surfaces: ['check', 'references', 'action'],
  },
} as const
