import type { SecretSummary } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { writeScalar } from '../../../yaml/write-scalar.ts'
import { clean } from '../../exit-code.ts'
import { type Invocation, namesOf, textOf } from './invocation.ts'
import { table } from './masked-table.ts'
import { matchesPattern } from './pattern.ts'
import type { Session } from './session.ts'

/** `secret list`: no value is read for it. */
export async function list(invocation: Invocation, { io, store, ask }: Session): Promise<number> {
  namesOf(invocation, { least: 0, most: 0 })
  const format = textOf(invocation, 'format') ?? 'table'
  const render = Object.hasOwn(renderers, format) ? renderers[format as Format] : undefined
  if (!render)
    throw new SettingsError([
      `--format does not take ${quoted(format)}. Use one of ${Object.keys(renderers).join(', ')}.`,
    ])
  const [pattern, scope] = [textOf(invocation, 'name'), textOf(invocation, 'visibility')]
  const secrets = (await ask(signal => store.list(signal)))
    .filter(({ name }) => pattern === undefined || matchesPattern(name, pattern))
    .filter(secret => scope === undefined || secret.scope === scope)
  if (secrets.length === 0)
    io.stderr.write(
      `There are no secrets${(pattern ?? scope) ? ' like that' : ''} in ${displayable(store.description)}.\n`,
    )
  io.stdout.write(render(secrets))
  return clean
}

const renderers = { table: asTable, json: asJson, yaml: asYaml, csv: asCsv, names: asNames }
type Format = keyof typeof renderers

/** What `--format` takes. */
export const listFormats: readonly string[] = Object.keys(renderers)

function asTable(secrets: readonly SecretSummary[]): string {
  if (secrets.length === 0) return ''
  const rows = secrets.map(({ name, keys, scope, created, updated }) => [
    name,
    keys === undefined ? '-' : String(keys),
    scope ?? '-',
    ageOf(updated ?? created),
  ])
  return table(['NAME', 'KEYS', 'SCOPE', 'AGE'], rows)
}

function asNames(secrets: readonly SecretSummary[]): string {
  return secrets.map(({ name }) => `${displayable(name, Number.POSITIVE_INFINITY)}\n`).join('')
}

const columns = ['name', 'keys', 'schema', 'scope', 'created', 'updated'] as const

function asJson(secrets: readonly SecretSummary[]): string {
  const rows = secrets.map(secret => Object.fromEntries(columns.map(column => [column, secret[column] ?? null])))
  // Every character a terminal or a log could act upon is written as an escape of JSON.
  const text = JSON.stringify(rows, undefined, 2)
  return `${text.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}

function asYaml(secrets: readonly SecretSummary[]): string {
  if (secrets.length === 0) return '[]\n'
  const entry = (value: string | number | undefined) =>
    value === undefined ? 'null' : typeof value === 'number' ? String(value) : writeScalar(value)
  return secrets
    .map(secret => `- ${columns.map(column => `${column}: ${entry(secret[column])}`).join('\n  ')}\n`)
    .join('')
}

function asCsv(secrets: readonly SecretSummary[]): string {
  const cell = (text: string) => {
    const shown = displayable(text, Number.POSITIVE_INFINITY)
    return `"${(/^\s*[=+\-@|]/.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`
  }
  const rows = secrets.map(secret => columns.map(column => String(secret[column] ?? '')))
  return [[...columns], ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const

/** Such as `3d`, from the time of the last change; `-` where the store does not say it. */
function ageOf(time: string | undefined): string {
  const age = Date.now() - Date.parse(time ?? '')
  if (Number.isNaN(age)) return '-'
  const unit = units.find(([, length]) => age >= length)
  return unit ? `${Math.floor(age / unit[1])}${unit[0]}` : 'now'
}
