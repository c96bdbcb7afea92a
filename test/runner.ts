/** A port of the two parsers the Actions runner tries on every line an action prints. */

export interface RunnerCommand {
  /** As written; the runner ignores its case. */
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const registered: ReadonlySet<string> = new Set([
  'set-output',
  'save-state',
  'set-env',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'endgroup',
  'echo',
  'internal-set-repo-path',
  'stop-commands',
])

type Unescape = readonly (readonly [token: string, character: string])[]

const dataEscapes: Unescape = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const propertyEscapes: Unescape = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]
const oldEscapes: Unescape = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]

/** The command one line of output is, if it is one: the current form first, then the old one. */
export function parseCommands(line: string): RunnerCommand | undefined {
  return parseCurrentForm(line) ?? parseOldForm(line)
}

/** The commands of a whole output, line by line. */
export function commandsIn(output: string): readonly RunnerCommand[] {
  return output.split(/\r\n|\n|\r/).flatMap(line => parseCommands(line) ?? [])
}

/** `::name key=value,key=value::data`, after any white space. */
function parseCurrentForm(line: string): RunnerCommand | undefined {
  const text = trimStart(line)
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const command = parseCommand(text.slice(2, end), ',', propertyEscapes)
  return command && { ...command, data: unescaped(text.slice(end + 2), dataEscapes) }
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function parseOldForm(line: string): RunnerCommand | undefined {
  const start = line.indexOf('##[')
  if (start < 0) return undefined
  const end = line.indexOf(']', start)
  if (end < 0) return undefined
  const command = parseCommand(line.slice(start + 3, end), ';', oldEscapes)
  return command && { ...command, data: unescaped(line.slice(end + 1), oldEscapes) }
}

function parseCommand(text: string, separator: string, escapes: Unescape): Omit<RunnerCommand, 'data'> | undefined {
  const space = text.indexOf(' ')
  const command = space < 0 ? text : text.slice(0, space)
  if (!registered.has(command.toLowerCase())) return undefined
  const pairs = space < 0 ? [] : text.slice(space + 1).split(separator)
  const properties = new Map<string, string>()
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    const [key, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1)]
    if (equals > 0 && value !== '') properties.set(key, unescaped(value, escapes))
  }
  return { command, properties: Object.fromEntries(properties) }
}

function unescaped(text: string, escapes: Unescape): string {
  return escapes.reduce((result, [token, character]) => result.replaceAll(token, character), text)
}

/** .NET's white space, which has U+0085 and lacks U+FEFF. */
function trimStart(line: string): string {
  return line.replace(/^[\t-\r\x85\p{Zs}\p{Zl}\p{Zp}]+/u, '')
}
