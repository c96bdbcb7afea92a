import { stackExport } from '../src/stacks/export.ts'
import { sourceText } from '../src/text/source.ts'
import type { Benchmark } from './measure.ts'

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')
const marks = 'stack_name: s\nzenml_version: 0.98.0\n'

/** A text for a size of about 1 at full length, and for half of it. */
const texts: readonly (readonly [name: string, text: (size: number) => string])[] = [
  ['50,000 × [', size => '['.repeat(50_000 * size)],
  ['10,000 × {a:', size => '{a: '.repeat(10_000 * size)],
  ['20,000 × -', size => '- '.repeat(20_000 * size)],
  ['5,000 × ?', size => '? '.repeat(5000 * size)],
  ['1,400 levels', size => many(1400 * size, level => `${' '.repeat(level)}a:`)],
  ['1 MiB of {', size => '{'.repeat(1024 * 1024 * size)],
  ['1 MiB of }', size => '}'.repeat(1024 * 1024 * size)],
  ['1 MiB on one line', size => `a: "${'x'.repeat(1024 * 1024 * size - 5)}"`],
  ['50,000 keys', size => many(50_000 * size, index => `key${index}: v`)],
  ['50,000 equal keys', size => many(50_000 * size, () => 'key: v')],
  [
    '30,000 anchors, each aliased',
    size => many(30_000 * size, index => `a${index}: &x${index} 1\nb${index}: *x${index}`),
  ],
  ['300,000 comments', size => '#\n'.repeat(300_000 * size)],
  ['comments after blank lines', size => `a: |\n  x\n${'\n'.repeat(400_000 * size)}${' #\n'.repeat(200_000 * size)}`],
  ['100,000 documents', size => '---\na\n'.repeat(100_000 * size)],
  ['150,000 commas', size => `[${','.repeat(150_000 * size)}]`],
  ['unknown escapes', size => `a: "${'\\q'.repeat(500_000 * size)}"`],
  ['tabs', size => 'a:\n\tb: 1\n'.repeat(60_000 * size)],
  [
    'a stack of 2,000 components',
    size =>
      `${marks}components:\n  alerter:\n${many(2000 * size, index => `  - {flavor: slack, name: n${index}, configuration: {slack_token: '{{a.b}}', x: y}}`)}`,
  ],
  [
    'shared configuration',
    size =>
      `x: &x {${many(2000, index => `k${index}: v,`)}}\n${marks}components:\n  alerter:\n${many(10_000 * size, () => '  - {flavor: f, <<: *x}')}`,
  ],
  [
    'billion laughs',
    size =>
      `l0: &l0 x\n${many(8000 * size, level => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}, *l${level}]`)}\n${marks}components: {alerter: {flavor: f, x: *l40}}`,
  ],
]

/** Seconds of processor time: the garbage collector works beside the main thread, and its work counts. */
function seconds(text: string): number {
  const source = sourceText('bench.yaml', text)
  const before = process.cpuUsage()
  stackExport.read(source)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const best = (text: string): number => Math.min(seconds(text), seconds(text), seconds(text))

/** Too short to be told from noise when halved. */
const shortest = 0.02

export const yaml: Benchmark = {
  title: 'Hostile and large YAML of about 1 MiB',
  run: async () => {
    const times = texts.map(([, text]) => ({ half: best(text(0.5)), whole: best(text(1)) }))
    const ratios = times.filter(({ half }) => half > shortest).map(({ half, whole }) => whole / half)
    return [
      { name: 'slowest text', value: Math.max(...times.map(({ whole }) => whole)), limit: 2, unit: 's' },
      { name: 'worst time per doubling', value: Math.max(...ratios), limit: 3, unit: '×' },
    ]
  },
}
