import type { EmbeddedText } from '../../text/embedded.ts'
import { type FileParts, noParts } from '../file-parts.ts'
import { Calls } from './calls.ts'
import { Collected } from './collected.ts'
import { Reader } from './reader.ts'
import { Scopes } from './scopes.ts'
import { tokenize } from './tokenize.ts'

/** Words of which every text holds one that has to do with secrets or with components. */
const words: readonly string[] = ['get_secret', 'secrets', 'create_secret', 'SecretSchema', 'stack_component', '{{']

/** Whether a text may hold anything that `readPython` finds. */
export function mayHoldSecrets(content: string): boolean {
  return words.some(word => content.includes(word))
}

/**
 * Finds what a Python text needs, registers and creates through ZenML's own classes and functions, followed from its
 * imports: secrets that are fetched (`Client().get_secret("x").secret_values["k"]`, the secrets managers of ZenML before
 * 0.53), lists of secrets (`@pipeline(secrets=["x"])`), references in the constructors of settings and configurations,
 * stack components, and secrets that are created. A text that only calls a part of a larger program is understood too:
 * names nothing binds are taken for ZenML's where the file mentions ZenML or the text reads `secret_values`.
 *
 * Constants of the same text are followed. The place of a secret is the text that names it, wherever that stands:
 * `"x"` in `NAME = "x"`. Where a program fills the name in (`os.getenv`, a parameter, an import), `via` is `templated`,
 * the name is the expression as written, and the place is that expression. One call gives a use for each key that is
 * read from it, all at the place of the name; one without a key where none is seen.
 *
 * A text is read again where a function uses what is bound below it. Linear time, no recursion, never throws.
 */
export function readPython(text: EmbeddedText): FileParts {
  if (!mayHoldSecrets(text.content)) return noParts
  const tokens = tokenize(text.content)
  const collected = new Collected(text)
  const calls = new Calls(collected)
  const first = new Scopes(undefined)
  new Reader(tokens, { scopes: first, calls }).run()
  if (!first.hasForwardUses) return collected.parts()
  collected.startOver()
  new Reader(tokens, { scopes: new Scopes(first.final), calls }).run()
  return collected.parts()
}
