import { limits } from './limits.ts'
import type { YamlProblem } from './node.ts'

export interface ProblemLog {
  readonly problems: readonly YamlProblem[]
  /** Adds a sentence of our own about `[start, end)`; silently ignored once there are 10. */
  add(message: string, start: number, end: number): void
}

export function problemLog(): ProblemLog {
  const problems: YamlProblem[] = []
  return {
    problems,
    add(message, start, end) {
      if (problems.length < limits.problems) problems.push({ message, start, end: Math.max(start, end) })
    },
  }
}

/** Our sentence for an error code of the YAML library, whose own messages quote the file. */
export function sentenceFor(code: string): string {
  return sentences.get(code) ?? 'This is not valid YAML here.'
}

const sentences: ReadonlyMap<string, string> = new Map([
  ['ALIAS_PROPS', 'An alias cannot have an anchor or a tag of its own.'],
  ['BAD_ALIAS', 'An anchor or alias has no valid name.'],
  ['BAD_DIRECTIVE', 'A line that starts with % is not a valid directive.'],
  ['BAD_DQ_ESCAPE', 'A text in double quotes holds an unknown escape; write \\\\ for a backslash, or use single quotes.'],
  ['BAD_INDENT', 'The indentation is wrong.'],
  ['BAD_PROP_ORDER', 'An anchor or tag stands in the wrong place.'],
  ['BAD_SCALAR_START', 'A text cannot start with this character; put it in quotes.'],
  ['BLOCK_AS_IMPLICIT_KEY', 'A map or list cannot start on the same line after a key and its colon.'],
  ['BLOCK_IN_FLOW', 'Inside brackets or braces, maps and lists need brackets or braces too.'],
  ['MISSING_CHAR', 'Something is missing here: a colon, a comma, a blank, or a closing quote, bracket or brace.'],
  ['MULTILINE_IMPLICIT_KEY', 'A key must stand on one line, followed by a colon.'],
  ['MULTIPLE_ANCHORS', 'A value has more than one anchor.'],
  ['MULTIPLE_TAGS', 'A value has more than one tag.'],
  ['RESOURCE_EXHAUSTION', 'Nested too deep.'],
  ['TAB_AS_INDENT', 'A tab cannot indent; use blanks.'],
  ['UNEXPECTED_TOKEN', 'This does not belong here.'],
])
