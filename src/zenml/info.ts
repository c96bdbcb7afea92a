import { fields, text } from './json.ts'

/** What a server says of itself without a login. */
export interface ZenmlInfo {
  /** Such as `0.98.0`. */
  readonly version: string
  /** Whether names of secrets are compared as MySQL does: without regard to case and accents. */
  readonly isMysql: boolean
  readonly hasSecretsStore: boolean
  readonly needsLogin: boolean
  /** Whether single secrets may be hidden from an identity: on ZenML Pro, where permissions are real. */
  readonly mayHideSecrets: boolean
  /** Root of its pages, without a slash at the end. */
  readonly web: string | undefined
}

/** `undefined`: no ZenML server answers like that. */
export function readInfo(json: unknown): ZenmlInfo | undefined {
  const info = fields(json)
  const version = text(info?.get('version'))
  if (!info || version === undefined || !/^\d{1,4}\.\d{1,4}(?:\.\w{1,20}){0,4}$/.test(version)) return undefined
  const isPro =
    info.get('deployment_type') === 'cloud' ||
    ['pro_dashboard_url', 'pro_api_url', 'pro_workspace_id', 'pro_workspace_name'].some(name => text(info.get(name)))
  return {
    version,
    isMysql: info.get('database_type') === 'mysql',
    hasSecretsStore: info.get('secrets_store_type') !== 'none',
    needsLogin: info.get('auth_scheme') !== 'NO_AUTH',
    mayHideSecrets: isPro,
    web: webRoot(text(info.get('dashboard_url'))),
  }
}

/** Whether a server is older than `0.<minor>`. */
export function isOlderThan(version: string, minor: number): boolean {
  const [, older = Number.NaN] = version.split('.').map(Number)
  return version.startsWith('0.') && older < minor
}

function webRoot(address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:\/\/[\x21-\x7e]{1,500}$/.test(address) || !URL.canParse(address))
    return undefined
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname.replace(/\/$/, '')}`
}
