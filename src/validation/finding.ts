import type { Place } from '../stacks/stack.ts'
import type { Excerpt } from '../text/excerpt.ts'
import type { Owner } from './use.ts'

/** What every finding may have: where it is. A finding about the run as a whole has no place. */
interface Located extends Owner {
  readonly place: Place | undefined
  readonly excerpt: Excerpt | undefined
}

/** The secret or the key does not exist in the backend. */
interface MissingFacts {
  readonly secret: string
  /** The backend's description. */
  readonly backend: string
  /** Nearest existing names, best first, at most three; empty on untrusted events. */
  readonly suggestions: readonly string[]
  /** Registering, updating, importing and copying the stack fail too, at every level. */
  readonly breaksRegistration: boolean
}

/** Where the repository itself creates a secret. */
export interface Creation {
  /** Relative to the working directory, with `/`. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

export interface MissingSecret extends Located, MissingFacts {
  readonly kind: 'missing-secret'
  readonly key: string | null
  /** Absent where the repository does not create it, as far as is known. */
  readonly createdIn?: Creation | undefined
  /** The service may hide single secrets from this identity, so absent and invisible look alike. */
  readonly mayBeHidden?: true
}
export interface MissingKey extends Located, MissingFacts {
  readonly kind: 'missing-key'
  readonly key: string
}
export interface CaseMismatch extends Located {
  readonly kind: 'case-mismatch'
  readonly secret: string
  /** As the backend spells it. */
  readonly spelling: string
  readonly backend: string
}
export interface UnreferenceableSecret extends Located {
  readonly kind: 'unreferenceable-secret'
  readonly secret: string
  readonly key: string | null
  /** The existing name that was probably meant and that no reference can name. */
  readonly meant: string
  readonly backend: string
}
/** A backend's answer other than found and missing. */
export interface AnsweredFinding extends Located {
  readonly kind: 'unusable-secret' | 'access-denied' | 'unverified' | 'illegal-name'
  readonly secret: string
  readonly key: string | null
  readonly backend: string
  readonly reason: string
}
export interface NoBackend extends Located {
  readonly kind: 'no-backend'
  /**
   * `no-secrets-manager`: a stack of the secrets-manager era without one. `not-configured`: nothing says where to look.
   * `outside-stacks`: the same, for what a file needs outside any stack.
   */
  readonly reason: 'no-secrets-manager' | 'not-configured' | 'outside-stacks'
  /** Number of secret uses that could not be checked for it. */
  readonly uses: number
}
/** A value that was probably meant as a reference and is none. */
export interface MalformedReference extends Located {
  readonly kind: 'malformed-reference' | 'embedded-reference' | 'padded-reference'
  /** The text as written; holds the braces only, never what stands around them. */
  readonly text: string
  /** What is wrong with it, a sentence. */
  readonly problem: string
  /** The reference that was probably meant, as it should be written; `undefined` where none can be named. */
  readonly meant: string | undefined
}
export interface MisplacedReference extends Located {
  readonly kind: 'nested-reference' | 'unquoted-reference'
  readonly text: string
}
export interface ReferenceNotAllowed extends Located {
  readonly kind: 'reference-not-allowed'
  readonly text: string
  /**
   * `name`: a component's name. `secrets-manager`: an attribute of one. `validator`, `type`: the attribute's own check.
   * `cli-option`: the option `--secret` of a command, which takes the name of a secret.
   */
  readonly because: 'name' | 'secrets-manager' | 'validator' | 'type' | 'cli-option'
}
export interface PlaintextSecret extends Located {
  readonly kind: 'plaintext-secret'
  /** It stands inside a map or list, where the name beside it says what it is; otherwise ZenML marks the attribute. */
  readonly isNested?: true
}
/** A reference where ZenML takes the value for the name of a secret: what it resolves to names yet another one. */
export interface ReferenceAsSecretName extends Located {
  readonly kind: 'reference-as-secret-name'
  readonly text: string
}
/** The repository itself creates the secret, without the key that is asked for. */
export interface DefinitionMismatch extends Located {
  readonly kind: 'definition-mismatch'
  readonly secret: string
  readonly key: string
  /** The first place that creates it, and the keys it has there, sorted. */
  readonly createdIn: Creation
  readonly keys: readonly string[]
  /** Nearest of those keys, best first, at most three. */
  readonly suggestions: readonly string[]
}
export interface LocalSecretsRemoteOrchestrator extends Located {
  readonly kind: 'local-secrets-remote-orchestrator'
  readonly secretsManager: string | undefined
  /** The remote orchestrator or step operator, as `flavor`. */
  readonly remote: string
  readonly remoteType: 'orchestrator' | 'step_operator'
  /** ZenML itself refuses such a stack (an error); otherwise it fails at run time (a warning). */
  readonly refused: boolean
}
export interface UnreadableFile extends Located {
  readonly kind: 'unreadable-file'
  /** Why, a sentence that quotes nothing of the file. */
  readonly problem: string
}

/**
 * A stack registered on a server that could not be read, in whole or in part: what it needs is not known. Without a stack:
 * the server's code repositories.
 */
export interface UnreadableStack extends Located {
  readonly kind: 'unreadable-stack'
  /** The component that could not be read; `undefined` for the whole stack. */
  readonly unread: string | undefined
  /** Sentences that quote no answer of the server. */
  readonly reason: string
}
/** Where a secrets manager says that its secrets are, which differs from where they were looked up. */
export interface UntrustedEndpoint extends Located {
  readonly kind: 'untrusted-endpoint'
  /** As named, without credentials. */
  readonly address: string
  /** The option that says where to look. */
  readonly option: 'vault-url' | 'azure-vault-url' | 'secrets-file'
  /** Description of the backend that was asked instead; `undefined` where none could be, as the option is not given. */
  readonly backend: string | undefined
}

export type Finding =
  | MissingSecret
  | MissingKey
  | CaseMismatch
  | UnreferenceableSecret
  | AnsweredFinding
  | NoBackend
  | MalformedReference
  | MisplacedReference
  | ReferenceNotAllowed
  | PlaintextSecret
  | ReferenceAsSecretName
  | DefinitionMismatch
  | LocalSecretsRemoteOrchestrator
  | UnreadableFile
  | UnreadableStack
  | UntrustedEndpoint

export type FindingKind = Finding['kind']
/** The member of a kind; some members serve several kinds with the same facts. */
export type FindingOf<Kind extends FindingKind, Member = Finding> = Member extends { readonly kind: infer Kinds }
  ? Kind extends Kinds
    ? Member & { readonly kind: Kind }
    : never
  : never

export const severities = ['error', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]
