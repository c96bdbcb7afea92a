/** Settings of the local backend. Holds no secret. */
export interface LocalOptions {
  /** Absolute path of `--secrets-file`; wins over everything else. */
  readonly secretsFile: string | undefined
  /** Absolute path of the folder of ZenML's local stores: `<config>/local_stores`, or `ZENML_LOCAL_STORES_PATH`. */
  readonly localStores: string
  /** UUID of the secrets manager component, from the stack file or from `component-id`; its folder's name. */
  readonly componentId: string | undefined
}
