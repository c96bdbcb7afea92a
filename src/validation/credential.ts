/**
 * Whether a text is a credential rather than the name of something: long and without a word in it, as generated keys
 * and tokens are, or of a well-known form. Names of secrets are made of words.
 */
export function looksLikeCredential(text: string): boolean {
  if (text.length > 4096) return true
  if (knownForms.some(form => form.test(text))) return true
  if (text.length < 20 || isUuid(text)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter(kind => kind.test(text)).length
  return kinds === 3 && !/[a-z]{5}|[A-Z]{7}/.test(text)
}

/** Beginnings that only one issuer's tokens have. */
const knownForms: readonly RegExp[] = [
  /^AKIA[A-Z0-9]{12}/,
  /^gh[pousr]_[A-Za-z0-9]{16}/,
  /^github_pat_/,
  /^glpat-/,
  /^xox[abprs]-/,
  /^hf_[A-Za-z0-9]{16}/,
  /^sk-[A-Za-z0-9-]{16}/,
  /^-----BEGIN /,
]

function isUuid(text: string): boolean {
  return text.length === 36 && /^[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}$/.test(text)
}

const secretEndings: readonly string[] = [
  'PASSWORD',
  'PASSWD',
  'SECRET',
  'TOKEN',
  'API_KEY',
  'APIKEY',
  'ACCESS_KEY',
  'SECRET_KEY',
  'PRIVATE_KEY',
]

/** The special tokens of language models. */
const modelTokens: ReadonlySet<string> = new Set(['BOS', 'EOS', 'PAD', 'SEP', 'CLS', 'MASK', 'UNK', 'STOP', 'IMAGE'])

/** Whether the name of a variable, such as `DB_PASSWORD`, says that it holds a secret itself, not its name or its path. */
export function saysSecret(name: string): boolean {
  const words = name.toUpperCase().replaceAll('-', '_').replaceAll('.', '_')
  const ending = secretEndings.find(candidate => words === candidate || words.endsWith(`_${candidate}`))
  if (ending === undefined) return false
  const before = words.slice(0, -ending.length - 1)
  return ending !== 'TOKEN' || !modelTokens.has(before.slice(before.lastIndexOf('_') + 1))
}

/** Whether a text beside such a name can be the secret: not a switch, a number, a path or an address that names it. */
export function canBeSecret(text: string): boolean {
  if (text.length < 6 || /\s/.test(text) || switches.has(text.toLowerCase())) return false
  if (/^[\d.,_:-]+$/.test(text) || /^(?:[~.]{0,2}\/|\.{1,2}$)/.test(text)) return false
  return !text.includes('://') && !/^(?:arn|secret|vault|file|ssm|op|sm|projects)[:/]/.test(text) && !isFileName(text)
}

const switches: ReadonlySet<string> = new Set([
  'enabled',
  'disabled',
  'required',
  'optional',
  'default',
  'unused',
  'secret',
  'password',
])

function isFileName(text: string): boolean {
  return /\.(?:json|ya?ml|txt|pem|key|crt|env|toml|ini)$/.test(text)
}
