import { describe, expect, it } from 'vitest'
import { renderComment } from '../../src/reports/comment.ts'
import { hostileReport, hostileTexts } from './hostile.ts'
import { nodesOf, parseMarkdown, textsThatWouldAct } from './parse-markdown.ts'
import { everyKind, report, reported, sampleReport, use } from './sample.ts'

const sha = 'a'.repeat(40)
const runUrl = 'https://github.com/acme/stacks/actions/runs/42'

describe('renderComment', () => {
  it('says what is wrong, on which commit, and where the log is', () => {
    const failing = report({
      uses: [use({ verdict: 'key_missing' })],
      findings: [reported(everyKind['missing-key'])],
      stacks: [{ name: 'prod', file: 'stacks/prod.yaml', uses: [0] }],
    })
    const body = renderComment(failing, { sha, runUrl, filesUrl: 'https://github.com/acme/stacks/blob/x' })
    expect(body.split('\n')[0]).toBe('## ❌ ZenML secrets: failed')
    expect(body).toContain('[`stacks/prod.yaml:12:26`](https://github.com/acme/stacks/blob/x/stacks/prod.yaml#L12)')
    expect(body).not.toContain('mermaid')
    expect(body.endsWith(`\nChecked commit \`${sha}\` in [this run](${runUrl}).\n`)).toBe(true)
  })

  it('is one line where nothing is wrong', () => {
    expect(renderComment(report({ uses: [use()] }), { sha, runUrl })).toBe(
      `✅ **ZenML secrets: all clear.** Passed: 1 reference to 1 secret, all found at level \`SECRET_AND_KEY_EXISTS\` in local (the secrets file \`.zenml/secrets.yaml\`). Checked commit \`${sha}\` in [this run](${runUrl}).\n`,
    )
  })

  it('does without the address of the run', () => {
    expect(renderComment(report(), { sha })).toMatch(/ Checked commit `a{40}`\.\n$/)
  })

  it('stays below what GitHub takes, however much is wrong', () => {
    const findings = Array.from({ length: 3000 }, (_, index) =>
      reported({ ...everyKind['missing-secret'], secret: `${index}é🔑` }),
    )
    const body = renderComment(report({ findings }), { sha, runUrl })
    expect([...body].length).toBeLessThan(60_000)
    expect(body.length).toBeGreaterThan(40_000)
    expect(body).toContain('**Cut at the size limit of this page.**')
    expect(body.endsWith(`(${runUrl}).\n`)).toBe(true)
  })

  it('makes nothing of what a repository holds but text', () => {
    const template = kinds(renderComment(sampleReport(), { sha, runUrl }))
    for (let index = 0; index < hostileTexts.length; index += 8) {
      const texts = hostileTexts.slice(index, index + 8)
      const text = texts.join(' ')
      const body = renderComment(hostileReport(texts), { sha, runUrl })
      expect(textsThatWouldAct(parseMarkdown(body)), text).toEqual([])
      expect(kinds(body), text).toEqual(template)
      const rows = [...nodesOf(parseMarkdown(body))].filter(node => node.type === 'tableRow')
      expect(new Set(rows.map(row => row.children.length)), text).toEqual(new Set([4]))
    }
  })
})

/** How often each kind of node that could do something is there. */
function kinds(markdown: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { type } of nodesOf(parseMarkdown(markdown))) {
    if (['html', 'link', 'image', 'heading', 'table', 'list', 'code', 'definition'].includes(type)) {
      counts[type] = (counts[type] ?? 0) + 1
    }
  }
  return counts
}
