/** What Key Vault says of a secret, or of one version of it, without its value. */
export interface Properties {
  /** As Key Vault spells it, which compares names without regard to case. */
  readonly id: string
  readonly tags: ReadonlyMap<string, string>
  readonly isEnabled: boolean
  /** Seconds since 1970, 0 where it is not said. */
  readonly created: number
  readonly updated: number
  /** Of the version, where it is one that is spoken of. */
  readonly version: string | undefined
}

export function readProperties(json: unknown): Properties | undefined {
  const { id, tags = {}, attributes = {} } = fieldsOf(json) ?? {}
  const [name, version] = namesOf(id)
  const fields = fieldsOf(tags ?? {})
  const { enabled = true, created, updated } = fieldsOf(attributes) ?? {}
  if (name === undefined || fields === undefined) return undefined
  return {
    id: name,
    tags: new Map(Object.entries(fields).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))),
    isEnabled: enabled !== false,
    created: typeof created === 'number' ? created : 0,
    updated: typeof updated === 'number' ? updated : 0,
    version,
  }
}

/** Of `https://example.vault.azure.net/secrets/db-creds`, or of a version of it, whose id follows. */
function namesOf(id: unknown): readonly (string | undefined)[] {
  if (typeof id !== 'string' || !URL.canParse(id)) return []
  const [, secrets, name, version] = new URL(id).pathname.split('/')
  return secrets === 'secrets' ? [name || undefined, version || undefined] : []
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Readonly<Record<string, unknown>>
}

/** Reads the JSON of an error of Key Vault's into `SecretNotFound` or `Forbidden/SecretDisabled`. */
export function readAzureError(json: unknown): string | undefined {
  const { code, innererror } = fieldsOf(fieldsOf(json)?.error) ?? {}
  const inner = fieldsOf(innererror)?.code
  const words = [code, inner].filter(word => typeof word === 'string' && /^[A-Za-z]{1,60}$/.test(word))
  return words.length === 0 ? undefined : words.join('/')
}

/** ISO 8601 in UTC; `undefined` for a time that is not said, or none. */
export function timeOf(seconds: number): string | undefined {
  const time = new Date(seconds * 1000)
  return seconds > 0 && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined
}
