import { schemaMarker } from '../backends/stored-keys.ts'
import { parseReference } from '../references/grammar.ts'
import { displayable, quoted } from '../text/displayable.ts'

/** Why a key is refused that was typed by hand, a sentence; ZenML's rule on the command line, here kept everywhere. */
export function keyProblem(key: string): string | undefined {
  const forbidden = forbiddenKey(key)
  if (forbidden !== undefined) return forbidden
  if (/^[\p{XIDS}_][\p{XIDC}]*$/u.test(key)) return undefined
  return `The key '${displayable(key)}' is no Python identifier: use letters, digits and underscores, and no digit first.`
}

/** The same for a key out of a file, which any ZenML may have written: only what ZenML would lose is refused. */
export function forbiddenKey(key: string): string | undefined {
  if (key === 'name') return "You can't use 'name' as the key for one of your secrets: choose another."
  if (key !== schemaMarker) return undefined
  return `You can't use '${schemaMarker}' as a key: ZenML keeps the schema there and would lose the value. Choose another.`
}

/** Why a secret can have no such name in ZenML, whatever the backend. */
export function secretNameProblem(name: string): string | undefined {
  return name === 'name' ? "Secret names cannot be named 'name': choose another." : undefined
}

/** What to warn of where no `{{name.key}}` can ever mean a secret of this name. */
export function unreferenceable(name: string): string | undefined {
  if (parseReference(`{{${name}.key}}`, 'padded')?.secret === name && name !== '') return undefined
  return `No reference can ever name the secret ${quoted(name)}: a name that is empty, or holds a dot or a blank, has no {{name.key}}.`
}
