import { distance } from 'fastest-levenshtein'

const longest = 100

/**
 * The word that was probably meant, or `undefined`. Case, blanks around it and the kind of separator do not count;
 * beyond that a third of the letters may differ, two of a short word. The first of equally near words wins.
 */
export function didYouMean<Word extends string>(text: string, words: readonly Word[]): Word | undefined {
  if (text.length > longest) return undefined
  const wanted = plain(text)
  let best: Word | undefined
  let least = Number.POSITIVE_INFINITY
  for (const word of words) {
    const steps = distance(wanted, plain(word))
    if (steps < least && steps <= tolerated(Math.max(wanted.length, word.length))) {
      least = steps
      best = word
    }
  }
  return best
}

/** Two, so that a pair of swapped letters is seen through. */
function tolerated(length: number): number {
  return length < 5 ? 1 : Math.max(2, length / 3)
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', '-')
}
