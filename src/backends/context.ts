/** What an edge hands to every backend that reaches a network. */
export interface BackendContext {
  /** Variables by name: proxies, and what a service's own chain of credentials reads. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told of each credential that is given or made, a token for one, before its first use, so that a log can mask it. */
  readonly onCredential?: ((text: string) => void) | undefined
}
