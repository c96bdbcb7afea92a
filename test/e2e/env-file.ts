/**
 * A port of how the runner reads `GITHUB_OUTPUT`: lines of `name=value`, or `name<<DELIMITER`, lines of the value and the
 * delimiter; whichever of `=` and `<<` comes first decides.
 */
export function parseEnvFile(content: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  const lines = content.split(/\r\n|\n/)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.set(line.slice(0, equals), line.slice(equals + 1))
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, index + 1)
      if (delimiter === '' || end < 0) throw new Error(`No delimiter ${delimiter} ends the value of ${line}.`)
      pairs.set(line.slice(0, heredoc), lines.slice(index + 1, end).join('\n'))
      index = end
    } else {
      throw new Error(`The runner would refuse the line ${JSON.stringify(line)}.`)
    }
  }
  return pairs
}
