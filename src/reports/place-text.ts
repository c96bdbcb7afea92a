import { displayable } from '../text/displayable.ts'
import type { Finding } from '../validation/finding.ts'

export type Place = NonNullable<Finding['place']>

const longestPath = 1000

/** `path:line:column`, which terminals and editors make a link of, or the address; safe to print on one line. */
export function placeText(place: Place): string {
  if ('url' in place) return displayable(place.url, longestPath)
  const { line, column } = place.span.start
  return `${displayable(place.file, longestPath)}:${line}:${column}`
}
