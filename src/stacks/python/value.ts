/** A stretch of the text; offsets, `end` exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** The name of a secret where the text gives it, or what stands in the place of one. */
export interface Named extends Stretch {
  readonly text: string
  readonly isTemplated: boolean
}

/** A call that fetches a secret; the keys that are read from its result are added as they are met. */
export interface SecretUseDraft {
  readonly name: Named
  readonly keys: Set<string>
  /** It is ZenML's own call, and not one of the same name on an object nothing is known of. */
  isSure: boolean
}

/** What is known about the value of an expression without running anything. */
export type Value =
  /** The stretch is what stands between the quotes, of the first to the last string of a sum. */
  | (Stretch & { readonly kind: 'text'; readonly text: string })
  /** A text that the environment or the program fills in, at the place that says so. */
  | (Stretch & { readonly kind: 'templated' })
  | (Stretch & { readonly kind: 'constant'; readonly value: number | boolean | null })
  | NameValue
  | { readonly kind: 'client'; readonly isAssumed: boolean }
  | { readonly kind: 'manager' }
  | { readonly kind: 'secrets'; readonly uses: readonly SecretUseDraft[]; readonly part: 'whole' | 'values' }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'dict'; readonly entries: readonly Entry[]; readonly isComplete: boolean }
  | { readonly kind: 'class'; readonly names: ClassNames }
  | { readonly kind: 'method'; readonly receiver: Value; readonly name: string }
  | { readonly kind: 'unknown' }

/**
 * A dotted name, such as `zenml.client.Client` or `context.stack`. `import`: it begins with what an import names, in
 * full; `free`: with a name that the text never binds; `local`: with a parameter, or another value nothing is known of.
 */
export interface NameValue {
  readonly kind: 'name'
  readonly root: 'import' | 'free' | 'local'
  readonly path: string
}

/** Looks up an attribute of a class of the text. */
export type ClassNames = { readonly name: string; lookUp(attribute: string): Value | undefined }

/** One argument of a call, or one item of a list, with the stretch of its expression. */
export interface Item extends Stretch {
  readonly value: Value
  readonly keyword?: string | undefined
  /** It stands behind `*` or `**`. */
  readonly isSpread?: boolean
}

export interface Entry extends Item {
  readonly key: Value
  readonly keyStretch: Stretch
}

export const unknown: Value = { kind: 'unknown' }

/** A call whose arguments are known. The stretch is that of the whole call. */
export interface Call extends Stretch {
  readonly callee: Value
  readonly items: readonly Item[]
  /** Of its bracket, which no other call shares. */
  readonly offset: number
}

/** Longer than any name of ZenML; keeps a chain of a million attributes linear. */
const maxPath = 200

/** Texts that sums and f-strings make of constants are not followed further, so that doubling one stays harmless. */
export const maxText = 100_000

export function nameValue(root: NameValue['root'], path: string): Value {
  return path.length > maxPath ? unknown : { kind: 'name', root, path }
}

/** The last part of a dotted name. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

export function isZenml({ root, path }: NameValue): boolean {
  return root === 'import' && (path === 'zenml' || path.startsWith('zenml.'))
}

/**
 * What a name or an expression is that may have several values: the texts where all are the same, the secrets of all
 * where some are secrets, what is ZenML's rather than anything else, and otherwise what the environment may give.
 */
export function mergeValues(values: readonly Value[]): Value {
  const [first, ...others] = values.length > 1 ? values.filter(value => !isNone(value)) : values
  if (!first) return unknown
  if (others.length === 0) return first.kind === 'text' && values.length > 1 ? unknown : first
  const all = [first, ...others]
  const secrets = all.filter(value => value.kind === 'secrets')
  const [secret] = secrets
  if (secret) return { ...secret, uses: [...new Set(secrets.flatMap(({ uses }) => uses))].slice(0, maxSecrets) }
  const ours = all.find(value => value.kind === 'client' || value.kind === 'manager' || isOurName(value))
  if (ours) return ours
  if (first.kind === 'text' && others.every(value => value.kind === 'text' && value.text === first.text)) return first
  return all.find(({ kind }) => kind === 'templated') ?? unknown
}

const maxSecrets = 8

function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null
}

function isOurName(value: Value): boolean {
  return value.kind === 'name' && isZenml(value)
}
