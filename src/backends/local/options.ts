/** Settings of the local backend. Holds no secret. */
export interface LocalOptions {
  /** Absolute path of `--secrets-file`; wins over everything else. */
  readonly secretsFile: string | undefined
  /** Absolute path of the folder of ZenML's local stores: `<config>/local_stores`, or `ZENML_LOCAL_STORES_PATH`. */
  readonly localStores: string
  /** UUID of the secrets manager component, from the stack file or from `component-id`; its folder's name. */
  readonly componentId: string | undefined
}

/** The same as flags and inputs; see the table in `settings/options.ts`, which checks the shape of these rows. */
export const localOptionRows = {
  'secrets-file': {
    description:
      "File of ZenML's local secrets manager to look secrets up in, whatever secrets manager a stack names; by default the one ZenML itself would use.",
    group: 'backend',
    type: 'file',
    placeholder: 'FILE',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
  'component-id': {
    description:
      'UUID of the secrets manager component, which names its secrets in scope component and its local file, for stack files that do not hold it.',
    group: 'backend',
    type: 'uuid',
    placeholder: 'UUID',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
} as const
