/** What ZenML puts before the name of every secret it keeps on GitHub. */
const prefix = '__ZENML__'

/** The name of a secret on GitHub, which knows no lower case, and of the variable that a job maps it to. */
export function variableName(name: string): string {
  return prefix + name.toUpperCase()
}

/** The inverse, but for the case; `undefined` for what ZenML did not put there. */
export function nameOfVariable(variable: string): string | undefined {
  const name = variable.slice(prefix.length)
  return variable.startsWith(prefix) && name !== '' && name === name.toUpperCase() ? name : undefined
}
