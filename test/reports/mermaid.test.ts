import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mermaidGraph } from '../../src/reports/mermaid.ts'
import { hostileReport, hostileText } from './hostile.ts'
import { report, use } from './sample.ts'

const many = (length: number) => Array.from({ length }, (_, index) => index)
const stack = (uses: readonly number[], name: string | undefined) => ({ name, file: 'a.yaml', uses })

function linesOf(given: Parameters<typeof mermaidGraph>[0]): readonly string[] {
  return mermaidGraph(given)?.block.split('\n') ?? []
}

describe('the graph', () => {
  it('leads from stacks over components to secrets, each coloured by its worst verdict', () => {
    const registry = { type: 'container_registry', name: undefined, flavor: 'aws' }
    const uses = [
      use(),
      use({ key: 'x', verdict: 'key_missing' }),
      use({ secret: 'aws', component: registry, verdict: 'denied' }),
      use({ secret: 'loose', component: undefined, verdict: 'skipped' }),
      use({ secret: 'fine', component: registry }),
    ]
    expect(linesOf(report({ uses, stacks: [stack([0, 1, 2, 4], 'prod'), stack([3, 4], undefined)] }))).toEqual([
      '```mermaid',
      'flowchart LR',
      '  n0["stack prod"]',
      '  n1["experiment_tracker mlf"]',
      '  n2(["secret mlflow (key missing)"])',
      '  n3["container_registry aws"]',
      '  n4(["secret aws (access denied)"])',
      '  n5(["secret fine (found)"])',
      '  n6["stack"]',
      '  n7(["secret loose (not looked up)"])',
      '  n8["container_registry aws"]',
      '  n0 --> n1',
      '  n1 --> n2',
      '  n0 --> n3',
      '  n3 --> n4',
      '  n3 --> n5',
      '  n6 --> n7',
      '  n6 --> n8',
      '  n8 --> n5',
      '  classDef good fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
      '  class n5 good',
      '  classDef bad fill:#ffebe9,stroke:#cf222e,color:#1f2328',
      '  class n2 bad',
      '  classDef unsure fill:#fff8c5,stroke:#9a6700,color:#1f2328',
      '  class n4 unsure',
      '  classDef none fill:#f6f8fa,stroke:#59636e,color:#1f2328',
      '  class n7 none',
      '```',
    ])
  })

  it('is left out where no stack needs a secret', () => {
    expect(mermaidGraph(report({ uses: [use()], stacks: [stack([], 'prod')] }))).toBeUndefined()
  })

  it('keeps to 60 nodes, troubled ones first, and counts the references left out', () => {
    const uses = many(100).map(index => use({ secret: `s${index}`, verdict: index < 90 ? 'found' : 'missing' }))
    const graph = mermaidGraph(report({ uses, stacks: [stack(many(100), 'prod')] }))
    expect(graph?.left).toBe(42)
    expect(graph?.block.match(/^ {2}n\d+[[(]/gm)).toHaveLength(60)
    expect(graph?.block.match(/\(missing\)/g)).toHaveLength(10)
  })

  it('writes what Mermaid could read as syntax as entities', () => {
    const uses = [use({ secret: 'a"]#;%%`<b>\n\\', component: undefined })]
    expect(linesOf(report({ uses, stacks: [stack([0], '')] })).slice(2, 4)).toEqual([
      '  n0["stack #8709;"]',
      '  n1(["secret a#34;#93;#35;#59;#37;#37;#96;#60;b#62;#92;n#92; (found)"])',
    ])
  })

  it('holds nothing but nodes, edges and classes, whatever the texts', () => {
    const label = String.raw`(?:[\p{L}\p{M}\p{N} _.…()-]|#\d+;)+`
    const line = new RegExp(
      String.raw`^ {2}(?:n\d+\["${label}"\]|n\d+\(\["${label}"\]\)|n\d+ --> n\d+|classDef \w+ [\w:#,]+|class [n\d,]+ \w+)$`,
      'u',
    )
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 7 }), texts => {
        const lines = linesOf(hostileReport(texts))
        expect([lines[0], lines[1], lines.at(-1)]).toEqual(['```mermaid', 'flowchart LR', '```'])
        expect(lines.slice(2, -1).filter(each => !line.test(each))).toEqual([])
      }),
    )
  })
})
