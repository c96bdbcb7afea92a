import type { Item } from './value.ts'

/** The argument of one of these names, else the one at a position (from 0; -1 for none). */
export function argumentOf(items: readonly Item[], names: readonly string[], position: number): Item | undefined {
  const named = items.find(({ keyword }) => keyword !== undefined && names.includes(keyword))
  if (named) return named
  const before = position < 0 ? [] : items.slice(0, position + 1)
  const isPositional = before.every(({ keyword, isSpread }) => keyword === undefined && !isSpread)
  return isPositional ? before[position] : undefined
}
