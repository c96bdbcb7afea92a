import { displayable } from '../text/displayable.ts'
import type { Report } from '../validation/report.ts'
import type { JudgedUse, Verdict } from '../validation/use.ts'
import { type Tone, verdictTone, verdictWords } from './verdicts.ts'

const maxNodes = 60
const longestName = 40

interface Node {
  readonly id: string
  readonly label: string
  /** Brackets around the label: the node's shape. */
  readonly shape: readonly [string, string]
  readonly tone: Tone | undefined
}

export interface Graph {
  /** A fenced Mermaid flowchart. */
  readonly block: string
  /** Number of references that it had no room for. */
  readonly left: number
}

/**
 * Stack → component → secret, each secret coloured by its worst verdict; `undefined` where no stack needs a secret. At
 * most 60 nodes, those of troubled references first.
 */
export function mermaidGraph(report: Report): Graph | undefined {
  const links = linksOf(report)
  if (links.length === 0) return undefined
  const worst = worstVerdicts(links)
  const nodes = new Map<string, Node>()
  const edges = new Set<string>()
  let left = 0
  for (const link of [...links.filter(isTroubled), ...links.filter(other => !isTroubled(other))]) {
    const path = pathOf(link, worst)
    const added = path.filter(([key]) => !nodes.has(key))
    if (nodes.size + added.length > maxNodes) {
      left++
      continue
    }
    for (const [key, look] of added) nodes.set(key, { ...look(), id: `n${nodes.size}` })
    const ids = path.flatMap(([key]) => nodes.get(key)?.id ?? [])
    ids.slice(1).forEach((id, index) => {
      edges.add(`${ids[index]} --> ${id}`)
    })
  }
  return { block: flowchart([...nodes.values()], [...edges]), left }
}

interface Link {
  readonly stack: number
  readonly stackName: string | undefined
  readonly use: JudgedUse
}

function linksOf({ stacks, uses }: Report): readonly Link[] {
  return stacks.flatMap(({ name, uses: indices }, stack) =>
    indices.flatMap(index => {
      const use = uses[index]
      return use ? [{ stack, stackName: name, use }] : []
    }),
  )
}

function isTroubled({ use }: Link): boolean {
  return verdictTone[use.verdict] === 'bad' || verdictTone[use.verdict] === 'unsure'
}

const worstFirst = [
  'missing',
  'key_missing',
  'unusable',
  'invalid',
  'denied',
  'unverified',
  'skipped',
  'found',
] as const

function worstVerdicts(links: readonly Link[]): ReadonlyMap<string, Verdict> {
  const worst = new Map<string, Verdict>()
  for (const { use } of links) {
    const key = secretKey(use)
    const known = worst.get(key) ?? 'found'
    worst.set(key, worstFirst.indexOf(use.verdict) < worstFirst.indexOf(known) ? use.verdict : known)
  }
  return worst
}

function secretKey({ backend, secret }: JudgedUse): string {
  return JSON.stringify(['secret', backend, secret])
}

type Look = Omit<Node, 'id'>

type Step = readonly [key: string, look: () => Look]

/** The nodes from a stack to a secret, each with what tells it from all others. */
function pathOf({ stack, stackName, use }: Link, worst: ReadonlyMap<string, Verdict>): readonly Step[] {
  const { component } = use
  const start: Step = [String(stack), () => plainLook('stack', stackName)]
  const key = secretKey(use)
  const end: Step = [key, () => secretLook(use.secret, worst.get(key) ?? use.verdict)]
  if (!component) return [start, end]
  const { type, name, flavor } = component
  return [start, [JSON.stringify([stack, type, name, flavor]), () => plainLook(type, name ?? flavor)], end]
}

function secretLook(secret: string, verdict: Verdict): Look {
  const text = `${label('secret', secret)} (${verdictWords[verdict]})`
  return { label: text, shape: ['([', '])'], tone: verdictTone[verdict] }
}

function plainLook(kind: string, name: string | undefined): Look {
  return { label: label(kind, name), shape: ['[', ']'], tone: undefined }
}

function label(kind: string, name: string | undefined): string {
  return name === undefined ? mermaidText(kind) : `${mermaidText(kind)} ${mermaidText(name)}`
}

/**
 * Text for the inside of a quoted label. All but letters, digits and a few marks becomes `#<code point>;`, Mermaid's own
 * entities: quotes, brackets, `#`, `;`, `%%`, backticks, backslashes and HTML then mean nothing.
 */
function mermaidText(text: string): string {
  const shown = displayable(text, longestName)
  return shown.replace(/[^\p{L}\p{M}\p{N} _.…-]/gu, character => `#${character.codePointAt(0)};`) || '#8709;'
}

function flowchart(nodes: readonly Node[], edges: readonly string[]): string {
  const lines = nodes.map(({ id, label: text, shape: [open, close] }) => `${id}${open}"${text}"${close}`)
  const classes = tones.flatMap(tone => {
    const ids = nodes.filter(node => node.tone === tone).map(({ id }) => id)
    return ids.length > 0 ? [`classDef ${tone} ${toneStyles[tone]}`, `class ${ids.join(',')} ${tone}`] : []
  })
  return ['```mermaid', 'flowchart LR', ...[...lines, ...edges, ...classes].map(line => `  ${line}`), '```'].join('\n')
}

/** Readable on GitHub's light and dark pages, as each sets its own text colour. */
const toneStyles = {
  good: 'fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  bad: 'fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  unsure: 'fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  none: 'fill:#f6f8fa,stroke:#59636e,color:#1f2328',
} as const satisfies Record<Tone, string>
const tones = Object.keys(toneStyles) as readonly Tone[]
