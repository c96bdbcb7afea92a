/** One line of a benchmark's result: a figure and the most it may be. Figures are ratios taken within one run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly limit: number
  readonly unit: '×' | 's' | 'MiB'
}

/** A benchmark: a name, what it does, and its figures. */
export interface Benchmark {
  readonly title: string
  readonly run: () => Promise<readonly Figure[]>
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds of the fastest of several runs: what the code needs when nothing else is in its way. */
function fastest(rounds: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/**
 * By how much time grows when a text doubles, on average over sizes that each double the last: 2 is linear, 4 is
 * quadratic. Sizes too small to be measured (below 0.2 ms) are left out.
 */
export function growthPerDoubling(sizes: readonly number[], work: (size: number) => () => void): number {
  const times = sizes.map(size => fastest(9, work(size))).filter(time => time >= 0.2)
  const doublings = times.length - 1
  return doublings < 1 ? 1 : ((times.at(-1) ?? 1) / (times[0] ?? 1)) ** (1 / doublings)
}

/** Whether a figure is above what it may be. */
export function isOver({ value, limit }: Figure): boolean {
  return value > limit
}
