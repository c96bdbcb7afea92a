import { quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import type { SecretsScope } from './scope.ts'
import { type Separator, storedName } from './stored-name.ts'

/** The secrets managers of ZenML 0.13 – 0.52 that ask a service. */
export type SecretsManagerFlavor = 'aws' | 'gcp' | 'azure' | 'vault' | 'github'

interface NameRule {
  readonly service: string
  /** What names may be, to follow "a name there". */
  readonly text: string
  allows(name: string): boolean
  /** ZenML holds namespaces to this; where it is absent, to the rule for names. */
  readonly namespaces?: Pick<NameRule, 'text' | 'allows'>
  /** Longest name with its scope, a limit of the service itself. */
  readonly maxStored?: number
  readonly separator: Separator
  /** In this scope ZenML checks no name. */
  readonly exceptIn?: 'none'
}

const wideRule = {
  text: 'may hold only letters, digits and the characters _ + = . @ -',
  allows: (name: string) => /^[a-zA-Z0-9_+=.@-]*$/.test(name),
}

/** ZenML's own rules, as its managers check them when a secret is read, and what the services make impossible. */
const nameRules: Readonly<Record<SecretsManagerFlavor, NameRule>> = {
  aws: { service: 'AWS Secrets Manager', ...wideRule, maxStored: 512, separator: '/' },
  gcp: {
    service: 'Google Secret Manager',
    text: 'must be 1 to 63 lower-case letters, digits, hyphens and underscores',
    allows: name => name.length <= 63 && /^[a-z0-9_-]+$/.test(name),
    separator: '-',
  },
  azure: {
    service: 'Azure Key Vault',
    text: 'must be 1 to 100 letters, digits and hyphens',
    allows: name => name.length <= 100 && /^[0-9a-zA-Z-]+$/.test(name),
    maxStored: 127,
    separator: '-',
    exceptIn: 'none',
  },
  // ZenML reads any name as a path; these would leave the scope, or be another path once a server has cleaned it.
  vault: {
    service: 'Vault',
    text: 'must not be empty, nor hold "." or ".." or nothing between slashes',
    allows: name => name.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..'),
    namespaces: { ...wideRule, allows: name => wideRule.allows(name) && name !== '.' && name !== '..' },
    separator: '/',
  },
  // ZenML has no rule; GitHub takes no other name for a secret.
  github: {
    service: 'GitHub',
    text: 'may hold only letters, digits and underscores',
    allows: name => /^[a-zA-Z0-9_]*$/.test(name),
    separator: '/',
  },
}

/** The answer for a name that the secrets manager cannot hold or refuses to read; `undefined` for a legal one. */
export function illegalName(flavor: SecretsManagerFlavor, scope: SecretsScope, name: string): Answer | undefined {
  const { service, text, allows, maxStored = Number.POSITIVE_INFINITY, separator, exceptIn } = nameRules[flavor]
  if (scope.scope === exceptIn) return undefined
  if (!allows(name)) return illegal(`a name there ${text}`)
  const stored = storedName(scope, name, separator)
  if (stored === '') return illegal('a name there must not be empty')
  return stored.length > maxStored
    ? illegal(`with the path of its scope a name there has at most ${maxStored} characters`)
    : undefined

  function illegal(rule: string): Answer {
    const reason = `${service} cannot hold a ZenML secret of the name ${quoted(name)}: ${rule}. Use another name.`
    return { kind: 'illegal-name', reason }
  }
}

/** Sentences about a namespace that ZenML refuses, in whatever scope; `undefined` where it is legal. */
export function namespaceProblem(flavor: SecretsManagerFlavor, namespace: string): string | undefined {
  const rule = nameRules[flavor]
  const { text, allows } = rule.namespaces ?? rule
  if (allows(namespace)) return undefined
  return `${quoted(namespace)} is no namespace for ${rule.service}: it ${text}. Correct scope-namespace.`
}
