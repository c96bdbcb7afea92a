/**
 * Those of the variables around a shell text that the text names, so that many texts in one file that also has many
 * variables take no more time than the file is long.
 */
export function usedVariables(
  content: string,
  environment: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const used = new Map<string, string>()
  const pattern = /[A-Za-z_][A-Za-z0-9_]*/y
  for (let dollar = content.indexOf('$'); dollar >= 0; dollar = content.indexOf('$', dollar + 1)) {
    pattern.lastIndex = content[dollar + 1] === '{' ? dollar + 2 : dollar + 1
    const name = pattern.exec(content)?.[0]
    const value = name === undefined || used.has(name) ? undefined : environment(name)
    if (name !== undefined && value !== undefined) used.set(name, value)
  }
  return used
}
