/** Whether a parsed JSON value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of own fields, such as `pull_request`, `head`, `sha`; `undefined` where there is none. */
export function ownField(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const name of path) {
    if (!isRecord(found) || !Object.hasOwn(found, name)) return undefined
    found = found[name]
  }
  return found
}
