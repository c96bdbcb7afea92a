import type { Command } from 'commander'
import { Option } from 'commander'
import { secretSchemas } from '../../backends/secret-schemas.ts'
import { clean } from '../exit-code.ts'
import type { FamilyContext } from '../family.ts'
import { table } from './secret/masked-table.ts'

/** `zenml-secrets schemas`. */
export function schemasCommand(command: Command, { io, done }: FamilyContext): void {
  command
    .description(
      "Lists ZenML's secret schemas and their keys. A secret of a schema has all its required keys, and none that the schema lacks.",
    )
    .addOption(new Option('--format <FORMAT>', 'How to print them').choices(schemaFormats).default('table'))
    .addHelpText('after', help)
    .action(({ format }: { readonly format: keyof typeof renderers }) => {
      io.stdout.write(renderers[format](schemas()))
      done(clean)
    })
}

const renderers = {
  table: asTable,
  json: (all: readonly Schema[]) => `${JSON.stringify(all, undefined, 2)}\n`,
  yaml: asYaml,
}
const schemaFormats: readonly string[] = Object.keys(renderers)

const help = `
Examples:
  $ zenml-secrets schemas
  $ zenml-secrets schemas --format json
  $ zenml-secrets secret register cloud --schema aws -i`

interface Schema {
  readonly name: string
  /** Whether keys of every name are allowed. */
  readonly anyKey: boolean
  readonly keys: readonly { readonly name: string; readonly presence: string }[]
}

function schemas(): readonly Schema[] {
  return [...secretSchemas].map(([name, keys]) => ({
    name,
    anyKey: keys === 'any',
    keys: keys === 'any' ? [] : [...keys].map(([key, presence]) => ({ name: key, presence })),
  }))
}

function asTable(all: readonly Schema[]): string {
  const rows = all.flatMap(({ name, anyKey, keys }) =>
    anyKey ? [[name, '(any)', 'optional']] : keys.map(({ name: key, presence }) => [name, key, words(presence)]),
  )
  return table(['SCHEMA', 'KEY', 'PRESENCE'], rows)
}

function words(presence: string): string {
  return presence === 'default' ? 'default: ZenML fills it in' : presence
}

/** Every name is a plain word of YAML. */
function asYaml(all: readonly Schema[]): string {
  return all
    .map(({ name, anyKey, keys }) => {
      const listed = keys.map(key => `  - name: ${key.name}\n    presence: ${key.presence}\n`).join('')
      return `- name: ${name}\n  anyKey: ${anyKey}\n  keys:${keys.length === 0 ? ' []\n' : `\n${listed}`}`
    })
    .join('')
}
