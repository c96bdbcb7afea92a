import { distance } from 'fastest-levenshtein'

const maxSuggestions = 3
/** Longer names are not compared: the distance is quadratic in their length. */
const maxLength = 256
const maxCandidates = 10_000

/**
 * The existing names nearest to one that is missing, best first, at most three. A name counts as near when a third of
 * the longer one or less has to change, when it differs only in case and separators, or when one begins or ends with the
 * other.
 */
export function nearest(name: string, existing: Iterable<string>): readonly string[] {
  if (name.length > maxLength) return []
  const near: { readonly candidate: string; readonly cost: number }[] = []
  let seen = 0
  for (const candidate of existing) {
    if (++seen > maxCandidates) break
    const cost = costOf(name, candidate)
    if (cost !== undefined && candidate !== name) near.push({ candidate, cost })
  }
  near.sort((a, b) => a.cost - b.cost || (a.candidate < b.candidate ? -1 : 1))
  return near.slice(0, maxSuggestions).map(({ candidate }) => candidate)
}

function costOf(name: string, candidate: string): number | undefined {
  if (candidate.length > maxLength || candidate === '') return undefined
  const [plain, other] = [normalised(name), normalised(candidate)]
  if (plain === other) return 0
  const [shorter, longer] = plain.length < other.length ? [plain, other] : [other, plain]
  const extra = longer.length - shorter.length
  if (shorter.length >= 3 && (longer.startsWith(shorter) || longer.endsWith(shorter))) return extra
  const allowed = Math.floor(longer.length / 3)
  if (extra > allowed) return undefined
  const changes = distance(plain, other)
  return changes <= allowed ? changes : undefined
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/[\s._-]+/g, '_')
}
