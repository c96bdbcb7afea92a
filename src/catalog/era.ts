/** `secrets-manager`: ZenML before 0.53, whose stacks may hold a secrets manager. `central`: 0.53 and later. */
export type Era = 'secrets-manager' | 'central'

/** The era of a ZenML version such as `0.39.1`; unknown or unreadable means today's. */
export function eraOf(zenmlVersion: string | undefined): Era {
  const match = /^(\d{1,4})\.(\d{1,4})(?:\D|$)/.exec(zenmlVersion ?? '')
  return match && Number(match[1]) === 0 && Number(match[2]) < 53 ? 'secrets-manager' : 'central'
}
