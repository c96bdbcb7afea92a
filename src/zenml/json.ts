/** Own properties of a JSON object, `undefined` for anything else; `__proto__` and the like are names as any other. */
export function fields(json: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  return new Map(Object.entries(json))
}

/** A field of `body`, then of `metadata`, as servers since 0.50 to 0.53 write it, else the top-level field of older ones. */
export function layered(item: ReadonlyMap<string, unknown>, name: string): unknown {
  for (const layer of ['body', 'metadata']) {
    const value = fields(item.get(layer))?.get(name)
    if (value !== undefined) return value
  }
  return item.get(name)
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The id as the server writes it; `undefined` for anything that is no UUID and so must not become part of a path. */
export function uuid(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i.test(value) ? value : undefined
}
