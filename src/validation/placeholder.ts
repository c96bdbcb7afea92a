const placeholders: readonly RegExp[] = [
  /^\s*$/,
  // Filled in by a shell, a Makefile, a templating tool or a workflow.
  /\$\{[^}]*\}/,
  /\$\(\w+\)/,
  /^\$\$?[a-z_]\w*$/,
  /\$\{\{/,
  /\{\{/,
  /\{%/,
  /^%\w+%$/,
  // Left for the reader to fill in.
  /^<[^>]*>$/,
  /^\[[^\]]*\]$/,
  /^(?:your|my|the)[-_ ]/,
  /^[x.*…-]+$/,
  /^(?:changeme|change-me|change_me|placeholder|redacted|todo|tbd|none|null)$/,
]

const longestLooked = 1024

/**
 * A text that stands for a value, so that a sensitive attribute holding it gives nothing away: `${VAR}`, `$VAR`, `$(VAR)`,
 * `<name>`, `YOUR_TOKEN`, `xxx`, the name of an environment variable, nothing at all, and the stars that ZenML exports in
 * place of a value it lost.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.slice(0, longestLooked)
  return isVariableName(text) || placeholders.some(pattern => pattern.test(text.toLowerCase()))
}

/** `AWS_SECRET_ACCESS_KEY`: capitals in several words. */
function isVariableName(text: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(text) && /[A-Z0-9]_[A-Z0-9]/.test(text)
}

const openNames: readonly RegExp[] = [/^\s*$/, /\$[{(a-z_]/, /\{\{/, /\{%/, /[<>]/, /^your[-_ ]/, /^[x.*…-]+$/]

/** A text that stands for the name of a secret. `my_secret` does not: secrets are called like that. */
export function isPlaceholderName(name: string): boolean {
  const text = name.slice(0, longestLooked).toLowerCase()
  return openNames.some(pattern => pattern.test(text))
}

/**
 * Braces that stand for a reference in documentation, `{{<SECRET_NAME>.<KEY>}}`, or that a project template fills in,
 * `{{ cookiecutter.name }}`: nobody's secret.
 */
export function isOpenReference(value: string): boolean {
  return value.includes('{{') && (/\{\{[^{}<]*<[^{}<>]+>/.test(value) || /\{\{\s{0,20}cookiecutter\./.test(value))
}
