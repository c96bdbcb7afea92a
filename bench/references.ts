import { parseReference } from '../src/references/grammar.ts'
import { nearMiss } from '../src/references/near-miss.ts'
import { type Benchmark, growthPerDoubling } from './measure.ts'

const sizes = [2 ** 16, 2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20]

/** What takes a backtracking pattern quadratic or cubic time. */
const hostile: readonly string[] = ['{{a.', '{{a.a.', '{{', '}}', '{', ' ', '{{a.b}}', '{{a.b}} ', '{{a .', '.']

function worst(work: (text: string) => unknown): number {
  return Math.max(
    ...hostile.map(unit =>
      growthPerDoubling(sizes, size => {
        const text = unit.repeat(size / unit.length)
        return () => {
          work(text)
          work(`{{${text}}}`)
        }
      }),
    ),
  )
}

export const references: Benchmark = {
  title: 'Hostile text, time per doubling up to 1 MiB',
  run: async () => [
    {
      name: 'parseReference, both grammars',
      value: worst(text => [parseReference(text, 'padded'), parseReference(text, 'unpadded')]),
      limit: 2.5,
      unit: '×',
    },
    {
      name: 'nearMiss, both grammars',
      value: worst(text => [nearMiss(text, 'padded'), nearMiss(text, 'unpadded')]),
      limit: 2.5,
      unit: '×',
    },
  ],
}
