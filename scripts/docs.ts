/** `npm run docs`: writes the parts of the documentation that follow from the code, between their markers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { findingInfo, findingKinds } from '../src/validation/finding-info.ts'

const root = join(import.meta.dirname, '..')

interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

/** `README.md` with its tables of inputs, outputs and findings as `action.yml` and the code have them. */
export function readme(current: string, actionYaml: string): string {
  const { inputs, outputs }: ActionMetadata = parse(actionYaml)
  const described = (table: Readonly<Record<string, { readonly description: string }>>) =>
    Object.entries(table).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`)
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['inputs', ['| input | |', '|---|---|', ...described(inputs)]],
    ['outputs', ['| output | |', '|---|---|', ...described(outputs)]],
    ['findings', findingsTable('docs/findings/')],
  ]
  return parts.reduce((text, [name, lines]) => between(text, name, lines), current)
}

/** The index of `docs/findings/`. */
export function findingsIndex(): string {
  return ['# Findings', '', 'What the check can report, a page each.', '', ...findingsTable(''), ''].join('\n')
}

function findingsTable(folder: string): readonly string[] {
  const rows = findingKinds.map(kind => {
    const { severity, explanation } = findingInfo[kind]
    return `| [\`${kind}\`](${folder}${kind}.md) | ${severity} | ${cell(explanation)} |`
  })
  return ['| finding | severity | |', '|---|---|---|', ...rows]
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

function between(text: string, name: string, lines: readonly string[]): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`README.md lacks the markers ${start} and ${end}. Put them back.`)
  return `${text.slice(0, from + start.length)}\n${lines.join('\n')}\n${text.slice(to)}`
}

if (import.meta.main) {
  const path = join(root, 'README.md')
  writeFileSync(path, readme(readFileSync(path, 'utf8'), readFileSync(join(root, 'action.yml'), 'utf8')))
  writeFileSync(join(root, 'docs/findings/README.md'), findingsIndex())
}
