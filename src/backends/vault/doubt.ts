import { type Trouble, troubleSentence } from '../../http/trouble.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import { codeOf } from './error-code.ts'

/** What was to be done, for the policy that would allow it. */
export interface Wanted {
  readonly capability: 'read' | 'list' | 'create' | 'update' | 'delete'
  /** Of Vault's API, the mount first. */
  readonly path: string
}

/** The answer where Vault's is none: never `missing`. */
export function doubtOf(trouble: Trouble, wanted?: Wanted): Answer {
  switch (codeOf(trouble)) {
    case 'bad-token':
      return unverified(badToken)
    case 'sealed':
      return unverified(`${troubleSentence(trouble)} ${sealed}`)
    case 'no-namespace':
      return unverified('Vault has no such namespace. Check vault-namespace.')
    case 'no-mount':
      return unverified('Vault has no engine at the mount. Check vault-mount and vault-namespace.')
  }
  if (trouble.kind === 'status') {
    if (trouble.status === 403 && wanted) return denied(wanted)
    const advice = statusAdvice.get(trouble.status)
    if (advice !== undefined) return unverified(`${troubleSentence(trouble)} ${advice}`)
  }
  return unverified(displayable(troubleSentence(trouble), 2_000))
}

export function denied({ capability, path }: Wanted): Answer {
  const shown = quoted(path, 700)
  const reason = `The token may not ${capability} ${shown} in Vault. Add to a policy of it: path ${shown} { capabilities = ["${capability}"] }.`
  return { kind: 'denied', reason }
}

export function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}

const badToken =
  'Vault does not know the token: it is wrong, expired or used up. Give another one as vault-token or in VAULT_TOKEN, or have the role give tokens that last longer.'
const sealed = 'Vault is sealed or not initialised. Ask whoever runs it to unseal it.'
const statusAdvice: ReadonlyMap<number, string> = new Map([
  [412, 'This server of Vault is behind its primary. Try again later, or give the address of the primary.'],
  [472, 'This server of Vault is a standby for disaster recovery. Give the address of the active one.'],
  [473, 'This server of Vault is a standby for performance. Give the address of the active one.'],
  [501, sealed],
])
