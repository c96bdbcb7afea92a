/** Which secrets of a service a secrets manager of ZenML 0.13 – 0.52 sees, in ZenML's own words. */
export const scopes = ['none', 'global', 'component', 'namespace'] as const

/** A scope with all it takes to find its secrets. */
export type SecretsScope =
  | { readonly scope: 'none' | 'global' }
  | { readonly scope: 'namespace'; readonly namespace: string }
  /** The id is in lower case, with dashes. */
  | { readonly scope: 'component'; readonly componentId: string }
