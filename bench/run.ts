/** `npm run bench`: every figure with the most it may be; exits 1 when one is over. `--write` renews docs/benchmarks.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { backends } from './backends.ts'
import { discovery } from './discover.ts'
import { type Benchmark, type Figure, isOver } from './measure.ts'
import { references } from './references.ts'
import { scan } from './scan.ts'
import { start } from './start.ts'
import { yaml } from './yaml.ts'

const benchmarks: readonly Benchmark[] = [start, scan, discovery, references, yaml, backends]

/** Starts what no program measures, at the end of the page; it is kept as it is. */
const surveyed = '## Public repositories'

function row(figure: Figure): string {
  const shown = (value: number) => `${value.toFixed(figure.unit === 'MiB' ? 0 : 2)} ${figure.unit}`
  return `| ${figure.name} | ${shown(figure.value)} | ${shown(figure.limit)} | ${isOver(figure) ? 'over' : 'ok'} |`
}

const page = [
  '# Benchmarks',
  '',
  `Node ${process.versions.node}, ${cpus().length} processors. Every figure is a median, or the worst of several, taken in one run of \`npm run bench\`.`,
]
let over = 0
for (const { title, run } of benchmarks) {
  const figures = await run()
  over += figures.filter(isOver).length
  const lines = ['', `## ${title}`, '', '| figure | measured | limit | |', '|---|---|---|---|', ...figures.map(row)]
  page.push(...lines)
  console.log(lines.join('\n'))
}
if (process.argv.includes('--write')) {
  const path = join(import.meta.dirname, '..', 'docs', 'benchmarks.md')
  const survey = readFileSync(path, 'utf8').indexOf(surveyed)
  const kept = survey < 0 ? '' : `\n${readFileSync(path, 'utf8').slice(survey)}`
  writeFileSync(path, `${page.join('\n')}\n${kept}`)
}
process.exitCode = over > 0 ? 1 : 0
