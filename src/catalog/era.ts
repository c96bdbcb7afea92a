/** `secrets-manager`: ZenML before 0.53, whose stacks may hold a secrets manager. `central`: 0.53 and later. */
export type Era = 'secrets-manager' | 'central'

/** The era of a ZenML version such as `0.39.1`; unknown or unreadable means today's. */
export function eraOf(zenmlVersion: string | undefined): Era {
  const minor = minorOf(zenmlVersion)
  return minor !== undefined && minor < 53 ? 'secrets-manager' : 'central'
}

/** Whether a version had a central store: from 0.34 on. `undefined` where the version is not known. */
export function hadCentralStore(zenmlVersion: string | undefined): boolean | undefined {
  const minor = minorOf(zenmlVersion)
  return minor === undefined ? undefined : minor >= 34
}

/** Whether registration commands attach secrets by `--secret`, as they do since 0.90; so unless the version is known. */
export function attachesSecrets(zenmlVersion: string | undefined): boolean {
  return (minorOf(zenmlVersion) ?? Number.POSITIVE_INFINITY) >= 90
}

/** 39 for `0.39.1`; every release so far is a 0.x, so anything else is a release yet to come. */
function minorOf(zenmlVersion: string | undefined): number | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})(?:\D|$)/.exec(zenmlVersion ?? '')
  if (!match) return undefined
  return Number(match[1]) === 0 ? Number(match[2]) : Number.POSITIVE_INFINITY
}
