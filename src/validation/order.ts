import type { Place } from '../stacks/stack.ts'
import { comparePositions } from '../text/position.ts'
import type { Owner } from './use.ts'

/** What reports are sorted by: file, line, column, then `rest`; places on a server after files, no place at all last. */
export function compareBy<Item extends Owner & { readonly place: Place | undefined }>(
  rest: (item: Item) => readonly (string | null | undefined)[],
): (a: Item, b: Item) => number {
  return (a, b) =>
    comparePlaces(a.place, b.place) ||
    compareTexts(rest(a), rest(b)) ||
    compareTexts([a.stack, a.component?.type, a.component?.name], [b.stack, b.component?.type, b.component?.name])
}

function comparePlaces(a: Place | undefined, b: Place | undefined): number {
  const difference = rank(a) - rank(b)
  if (difference !== 0 || !a || !b) return difference
  if ('url' in a && 'url' in b) return compareText(a.url, b.url)
  if ('url' in a || 'url' in b) return 0
  return (
    compareText(a.file, b.file) ||
    comparePositions(a.span.start, b.span.start) ||
    comparePositions(a.span.end, b.span.end)
  )
}

function rank(place: Place | undefined): number {
  if (!place) return 2
  return 'url' in place ? 1 : 0
}

function compareTexts(a: readonly (string | null | undefined)[], b: readonly (string | null | undefined)[]): number {
  for (const [index, text] of a.entries()) {
    const order = compareText(text ?? '', b[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** By code unit, the same on every machine. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
