import type { TemplatePart } from './expression.ts'

/** Beyond what anyone writes; the sides left out are those furthest to the end. */
const maxBranches = 16
const maxDepth = 64

type Piece = TemplatePart | Condition

interface Condition {
  readonly kind: 'if'
  readonly yes: readonly Piece[]
  readonly no: readonly Piece[]
}

interface Open {
  readonly yes: Piece[]
  readonly no: Piece[]
  isElse: boolean
}

/**
 * The texts that the directives of a template can give, enough of them that each side of every `%{ if }` stands in one.
 * Without an `else`, the one side is taken to be there. Linear in the template for each.
 */
export function branchesOf(parts: readonly TemplatePart[]): readonly (readonly TemplatePart[])[] {
  const root = treeOf(parts)
  const counts = new Counts()
  const count = Math.min(maxBranches, counts.of(root))
  return Array.from({ length: count }, (_, index) => [...branch(root, { index, counts })])
}

function treeOf(parts: readonly TemplatePart[]): readonly Piece[] {
  const root: Open = { yes: [], no: [], isElse: false }
  const open: Open[] = [root]
  for (const part of parts) {
    const top = open.at(-1) ?? root
    const side = top.isElse ? top.no : top.yes
    const word = part.kind === 'directive' ? part.word : undefined
    if (word === 'if' && open.length < maxDepth) {
      const next: Open = { yes: [], no: [], isElse: false }
      side.push({ kind: 'if', yes: next.yes, no: next.no })
      open.push(next)
    } else if (word === 'else') top.isElse = top !== root
    else if (word === 'endif' && open.length > 1) open.pop()
    else side.push(part)
  }
  return root.yes
}

/** How many texts it takes to show all of the pieces, for each list of them. */
class Counts {
  readonly #counts = new Map<readonly Piece[], number>()

  of(pieces: readonly Piece[]): number {
    const known = this.#counts.get(pieces)
    if (known !== undefined) return known
    let count = 1
    for (const piece of pieces) {
      if (piece.kind === 'if')
        count = Math.max(count, this.of(piece.yes) + (piece.no.length > 0 ? this.of(piece.no) : 0))
    }
    this.#counts.set(pieces, count)
    return count
  }
}

interface Chosen {
  readonly index: number
  readonly counts: Counts
}

function* branch(pieces: readonly Piece[], { index, counts }: Chosen): Generator<TemplatePart> {
  for (const piece of pieces) {
    if (piece.kind !== 'if') {
      yield piece
      continue
    }
    const count = counts.of(piece.yes)
    if (index < count || piece.no.length === 0) yield* branch(piece.yes, { index, counts })
    else yield* branch(piece.no, { index: index - count, counts })
  }
}
