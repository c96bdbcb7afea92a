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
    description: 'Address of the ZenML server whose secrets are looked up.',
    group: 'backend',
    type: 'text',
    placeholder: 'URL',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_URL'],
    surfaces: ['check', 'action'],
  },
  'zenml-api-key': {
    description: 'API key of a service account of the ZenML server.',
    group: 'backend',
    type: 'token',
    placeholder: 'KEY',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_API_KEY'],
    surfaces: ['check', 'action'],
  },
  'zenml-token': {
    description: 'Token of the ZenML server, in place of an API key.',
    group: 'backend',
    type: 'token',
    placeholder: 'TOKEN',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_API_TOKEN'],
    surfaces: ['check', 'action'],
  },
  'zenml-username': {
    description: 'User of the ZenML server, together with a password, in place of an API key.',
    group: 'backend',
    type: 'text',
    placeholder: 'NAME',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_USERNAME'],
    surfaces: ['check', 'action'],
  },
  'zenml-password': {
    description: 'Password of that user; better kept in an environment variable than on a command line.',
    group: 'backend',
    type: 'token',
    placeholder: 'PASSWORD',
    list: false,
    default: undefined,
    environment: ['ZENML_STORE_PASSWORD'],
    surfaces: ['check', 'action'],
  },
} as const
