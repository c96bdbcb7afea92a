import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RenderContext } from '../../src/reports/context.ts'
import { renderMarkdown } from '../../src/reports/markdown.ts'
import { hostileReport, hostileText } from './hostile.ts'
import { type Nodes, nodesOf, parseMarkdown, type Root, textsThatWouldAct } from './parse-markdown.ts'
import { at, everyKind, report, reported, sampleReport, use } from './sample.ts'

const docsUrl = 'https://example.com/product/blob/v1'
const filesUrl = 'https://example.com/owner/repository/blob/0123abc'

function ofType<Type extends Nodes['type']>(markdown: string, type: Type): Extract<Nodes, { type: Type }>[] {
  return [...nodesOf(parseMarkdown(markdown))].filter(node => node.type === type) as Extract<Nodes, { type: Type }>[]
}

/** Number of cells of each row, table by table. */
function shapes(tree: Root): readonly (readonly number[])[] {
  return tree.children.flatMap(node => (node.type === 'table' ? [node.children.map(row => row.children.length)] : []))
}

describe('the Markdown report', () => {
  it('shows every kind of finding, the stacks and their graph', async () => {
    const markdown = renderMarkdown(sampleReport(), { docsUrl, filesUrl })
    await expect(markdown).toMatchFileSnapshot('../fixtures/reports/every-kind.md')
  })

  it('has neither tables nor a graph when there is nothing to show', () => {
    expect(renderMarkdown(report({ counts: { ...report().counts, files: 0 } }), {})).toBe(
      '## ✅ ZenML secrets: passed\n\nPassed: no ZenML stack configuration found.\n',
    )
  })

  it('holds heading, totals and findings only when brief', () => {
    const headings = ofType(renderMarkdown(sampleReport(), { brief: true }), 'heading')
    expect(headings.map(({ depth, children }) => [depth, children.map(node => 'value' in node && node.value)])).toEqual(
      [
        [2, ['❌ ZenML secrets: failed']],
        [3, ['Findings']],
      ],
    )
  })

  it('puts errors first and groups the uses of one missing secret', () => {
    const findings = [
      reported(everyKind['plaintext-secret'], { severity: 'warning' }),
      ...Array.from({ length: 12 }, (_, index) =>
        reported({ ...everyKind['missing-secret'], place: at('a.yaml', index + 1, 1) }),
      ),
    ]
    const lines = renderMarkdown(report({ findings }), { brief: true }).split('\n')
    const places = Array.from({ length: 10 }, (_, index) => `\`a.yaml:${index + 1}:1\``).join(', ')
    expect(lines.slice(7)).toEqual([
      '| --- | --- | --- | --- |',
      `| ❌ error | ${places} and 2 more | **Missing secret**: Message of missing-secret. | What to do. |`,
      '| ⚠️ warning | `stacks/prod.yaml:12:26` | **Plain-text secret**: Message of plaintext-secret. | What to do. |',
      '',
    ])
  })

  it.each([
    ['a b/c(d)[e]_~.yaml', 'a%20b/c%28d%29%5Be%5D%5F%7E.yaml#L1'],
    ['ä/%2e/#?.yaml', '%C3%A4/%252e/%23%3F.yaml#L1'],
    ['\ud800.yaml', '%EF%BF%BD.yaml#L1'],
  ])('links a place in %j', (file, address) => {
    const uses = [use({ place: at(file, 1, 1), stack: undefined, component: undefined })]
    const [link] = ofType(renderMarkdown(report({ uses }), { filesUrl }), 'link')
    expect(link?.url).toBe(`${filesUrl}/${address}`)
  })

  it('links what stands on a server to its page there', () => {
    const url = 'https://zenml.example.com/components/7'
    const uses = [use({ place: { url } })]
    const finding = { ...everyKind['missing-key'], place: { url }, excerpt: undefined }
    const stacks = [{ name: 'prod', file: undefined, url: 'https://zenml.example.com/stacks/1', uses: [0] }]
    const markdown = renderMarkdown(report({ uses, stacks, findings: [reported(finding)] }), { filesUrl })
    const shown = 'stack "prod", experiment_tracker "mlf" (mlflow), tracking_password'
    expect(markdown).toContain(`| [\`${shown}\`](${url}) |`)
    expect(markdown).toContain('### Registered stack [`prod`](https://zenml.example.com/stacks/1)\n')
  })

  it.each(['../a.yaml', 'a/../../b.yaml', '/a.yaml', './a.yaml', 'a//b.yaml', ''])('links nothing for %j', file => {
    const uses = [use({ place: at(file, 1, 1) })]
    expect(ofType(renderMarkdown(report({ uses }), { filesUrl }), 'link')).toEqual([])
  })

  it('holds nothing but its own template, whatever the texts', () => {
    const context: RenderContext = { docsUrl, filesUrl }
    const sample = parseMarkdown(renderMarkdown(sampleReport(), context))
    const expected = shapes(sample).slice(1)
    const blocks = sample.children.map(({ type }) => type)
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 7 }), texts => {
        const markdown = renderMarkdown(hostileReport(texts), context)
        const tree = parseMarkdown(markdown)
        const nodes = [...nodesOf(tree)]
        const [findings, ...tables] = shapes(tree)
        expect(tables).toEqual(expected)
        expect(new Set(findings)).toEqual(new Set([4]))
        expect(nodes.filter(({ type }) => !template.has(type))).toEqual([])
        expect(nodes.filter(node => node.type === 'link' && !isOurs(node.url))).toEqual([])
        expect(textsThatWouldAct(tree)).toEqual([])
        expect(tree.children.map(({ type }) => type)).toEqual(blocks)
        expect(nodes.flatMap(node => (node.type === 'code' ? [node.lang] : []))).toEqual(['mermaid'])
        expect(markdown.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
      }),
      { numRuns: 60 },
    )
  })
})

const template: ReadonlySet<string> = new Set([
  'root',
  'heading',
  'paragraph',
  'text',
  'strong',
  'inlineCode',
  'code',
  'link',
  'table',
  'tableRow',
  'tableCell',
])

function isOurs(url: string): boolean {
  return [`${docsUrl}/docs/findings/`, `${filesUrl}/`, 'https://zenml.example.com/'].some(base => url.startsWith(base))
}

describe('a Markdown report beyond its limit', () => {
  const many = (length: number) => Array.from({ length }, (_, index) => index)
  const big = report({
    findings: many(400).map(index =>
      reported({ ...everyKind['missing-secret'], secret: `s${index}`, place: at('ü.yaml', index + 1, 1) }),
    ),
    uses: many(900).map(index => use({ secret: `ü${index}` })),
    stacks: many(3).map(stack => ({
      name: `s${stack}`,
      file: 'ü.yaml',
      uses: many(300).map(index => stack * 300 + index),
    })),
  })

  it.each([4096, 5000, 20_000, 60_000, 100_000, 1_000_000])(
    'stays within %i bytes and says what it leaves out',
    limit => {
      const markdown = renderMarkdown(big, { limit })
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(limit)
      const tree = parseMarkdown(markdown)
      const tables = shapes(tree)
      expect(tables.flatMap(rows => rows.filter(cells => cells !== rows[0]))).toEqual([])
      const shownFindings = (tables[0]?.length ?? 1) - 1
      const shownUses = tables.slice(1).reduce((sum, rows) => sum + rows.length - 1, 0)
      const note = /Left out: (?:(\d+) rows? of findings)?(?:, )?(?:(\d+) references?)?/.exec(markdown)
      expect(shownFindings + Number(note?.[1] ?? 0)).toBe(400)
      expect(shownUses + Number(note?.[2] ?? 0)).toBe(900)
      expect(tree.children.some(({ type }) => type === 'code')).toBe(!markdown.includes('the graph. The log'))
    },
  )

  it('leaves nothing out by default where GitHub takes it', () => {
    expect(renderMarkdown(big, {})).not.toContain('Left out')
  })
})
