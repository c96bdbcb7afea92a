/** Why a ZenML server gave no answer. `reason`: sentences for the user that quote no body, value or credential. */
export interface ZenmlTrouble {
  /** `absent`: the server knows no such id. `denied`: the identity may not. `unverified`: anything else. */
  readonly kind: 'absent' | 'denied' | 'unverified'
  readonly reason: string
  /** The status of the answer, if there was one. */
  readonly status?: number
}

export type ZenmlResult<T> = { readonly value: T } | { readonly trouble: ZenmlTrouble }

export function unverified(reason: string): { readonly trouble: ZenmlTrouble } {
  return { trouble: { kind: 'unverified', reason } }
}
