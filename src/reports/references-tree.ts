import { displayable } from '../text/displayable.ts'
import type { Report } from '../validation/report.ts'
import type { JudgedUse } from '../validation/use.ts'
import { componentText } from './owner-text.ts'
import { placeText } from './place-text.ts'
import { noKey, useTotals } from './references.ts'

/** The secret uses below the stack and the component they belong to; those of no stack come last, below their files. Safe to print. */
export function referencesTree(report: Report): string {
  if (report.uses.length === 0) return 'Nothing needs a secret.\n'
  const placed = new Set(report.stacks.flatMap(stack => stack.uses))
  const branches = report.stacks.map(({ name, file, url, uses }) => ({
    title: stackTitle(name, file ?? url),
    uses: uses.flatMap(index => report.uses[index] ?? []),
  }))
  const outside = byFile(report.uses.filter((_, index) => !placed.has(index)))
  const lines = [...branches, ...outside].filter(branch => branch.uses.length > 0).flatMap(branchLines)
  return `${[...lines, useTotals(report)].join('\n')}\n`
}

interface Branch {
  readonly title: string
  readonly uses: readonly JudgedUse[]
}

/** In the order of the report, which is that of the files' names. */
function byFile(uses: readonly JudgedUse[]): readonly Branch[] {
  const files = new Map<string, JudgedUse[]>()
  for (const use of uses) {
    const file = 'url' in use.place ? use.place.url : use.place.file
    const known = files.get(file)
    if (known) known.push(use)
    else files.set(file, [use])
  }
  return [...files].map(([file, group]) => ({ title: `outside any stack  ${displayable(file, 1000)}`, uses: group }))
}

function stackTitle(name: string | undefined, where: string | undefined): string {
  const title = name === undefined ? 'a stack without a name' : displayable(name)
  return where === undefined ? title : `${title}  ${displayable(where, 1000)}`
}

function branchLines({ title, uses }: Branch): readonly string[] {
  const groups = byComponent(uses)
  const lines = groups.flatMap(([component, group], index) => {
    const last = index === groups.length - 1
    if (component === '') return leaves(group, { indent: '', closes: last })
    return [`${last ? '└─' : '├─'} ${component}`, ...leaves(group, { indent: last ? '   ' : '│  ', closes: true })]
  })
  return [title, ...lines, '']
}

/** In the order of first mention; the empty text stands for no component. */
function byComponent(uses: readonly JudgedUse[]): readonly [string, readonly JudgedUse[]][] {
  const groups = new Map<string, JudgedUse[]>()
  for (const use of uses) {
    const component = use.component ? componentText(use.component) : ''
    const group = groups.get(component)
    if (group) group.push(use)
    else groups.set(component, [use])
  }
  return [...groups]
}

function leaves(uses: readonly JudgedUse[], { indent, closes }: { readonly indent: string; readonly closes: boolean }) {
  return uses.map((use, index) => `${indent}${closes && index === uses.length - 1 ? '└─' : '├─'} ${leaf(use)}`)
}

function leaf(use: JudgedUse): string {
  const attribute = use.attribute === undefined ? '' : `${displayable(use.attribute)}  `
  const key = use.key === null ? noKey : displayable(use.key)
  return `${attribute}${displayable(use.secret)} · ${key}  ${placeText(use.place)}  (${use.via})`
}
