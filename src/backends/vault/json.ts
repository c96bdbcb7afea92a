/** Own entries of a JSON object, none for anything else; `__proto__` and the like are names as any other. */
export function entriesOf(json: unknown): ReadonlyMap<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? new Map(Object.entries(json)) : new Map()
}
