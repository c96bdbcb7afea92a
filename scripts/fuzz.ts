/**
 * `npm run fuzz [-- FILES [SEED]]`: every reader on generated files, 100,000 in all unless told otherwise. Nothing may
 * crash or take more than a second, places lie inside the text, and what stands there is what was read. Prints the seed
 * that repeats a failure, and exits 1.
 */
import fc from 'fast-check'
import { fuzzedReaders } from '../test/stacks/fuzzed-readers.ts'

const [files = 100_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number)
if (!(Number.isInteger(files) && files > 0 && Number.isInteger(seed)))
  throw new Error('Give a number of files and a seed.')

/** So many at once: what the library remembers of a run stays small. */
const batch = 500
const perReader = Math.ceil(files / fuzzedReaders.length)
let done = 0
let slowest = 0
for (const { name, property } of fuzzedReaders) {
  const start = performance.now()
  for (let from = 0; from < perReader; from += batch) {
    const numRuns = Math.min(batch, perReader - from)
    const details = fc.check(property(timed), { numRuns, seed: seed + from, interruptAfterTimeLimit: 600_000 })
    if (details.failed || details.interrupted) {
      console.error(
        `${name} fails. Repeat it with: npm run fuzz -- ${files} ${seed}\n${fc.defaultReportMessage(details)}`,
      )
      process.exit(1)
    }
    done += numRuns
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name}: ${perReader} files in ${seconds} s, ${memory()} MiB`)
}
console.log(`${done} files, none fails; the slowest took ${slowest.toFixed(0)} ms. Seed ${seed}.`)

function timed(read: () => void): void {
  const start = performance.now()
  read()
  const took = performance.now() - start
  slowest = Math.max(slowest, took)
  if (took > 1000) throw new Error(`It took ${took.toFixed(0)} ms.`)
}

function memory(): string {
  return (process.memoryUsage().rss / 2 ** 20).toFixed(0)
}
