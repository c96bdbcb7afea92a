import { displayable } from '../text/displayable.ts'

const longestName = 100

/** `name` or `name.key`, safe to print; a name without any character shows as `(empty)`. */
export function secretText({ secret, key }: { readonly secret: string; readonly key: string | null }): string {
  const named = key === null ? secret : `${secret}.${key}`
  return displayable(named, 2 * longestName) || '(empty)'
}
