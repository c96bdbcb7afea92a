export type Labels = ReadonlyMap<string, string>

/** Of `projects/102103502540/secrets/db-creds`, or a version of it. */
export function idOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const [projects, , secrets, id, versions = 'versions'] = name.split('/')
  return projects === 'projects' && secrets === 'secrets' && id && versions === 'versions' ? id : undefined
}

export function labelsOf(secret: unknown): Labels | undefined {
  const { labels = {} } = fieldsOf(secret) ?? {}
  const fields = fieldsOf(labels)
  if (fields === undefined) return undefined
  return new Map(Object.entries(fields).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Readonly<Record<string, unknown>>
}

/** Text of a payload; `undefined` where it is none. */
export function textOf(base64: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'))
  } catch {
    return undefined
  }
}

/** Reads the JSON of an error of Google's into `NOT_FOUND` or `PERMISSION_DENIED/SERVICE_DISABLED`. */
export function readGoogleError(json: unknown): string | undefined {
  const { status, details } = fieldsOf(fieldsOf(json)?.error) ?? {}
  if (typeof status !== 'string' || !/^[A-Z_]{1,40}$/.test(status)) return undefined
  const reasons = (Array.isArray(details) ? details : []).map(detail => fieldsOf(detail)?.reason)
  const reason = reasons.find(word => typeof word === 'string' && /^[A-Z_0-9]{1,60}$/.test(word))
  return reason === undefined ? status : `${status}/${reason}`
}
