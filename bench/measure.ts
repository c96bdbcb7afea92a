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
 * The largest ratio between the times of two neighbouring sizes, each double the last. Sizes too small to be measured
 * (below 0.2 ms) are left out.
 */
export function worstDoubling(sizes: readonly number[], work: (size: number) => () => void): number {
  const times = sizes.map(size => fastest(7, work(size)))
  const ratios = times.slice(1).flatMap((time, index) => {
    const before = times[index] ?? 0
    return before < 0.2 ? [] : [time / before]
  })
  return Math.max(1, ...ratios)
}

/** Whether a figure is above what it may be. */
export function isOver({ value, limit }: Figure): boolean {
  return value > limit
}
