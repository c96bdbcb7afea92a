import type { FileParts } from '../../../src/stacks/file-parts.ts'
import { readPython } from '../../../src/stacks/python/read-python.ts'
import type { Place } from '../../../src/stacks/stack.ts'
import { embeddedSlice } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'

export function parts(content: string): FileParts {
  return readPython(embeddedSlice(sourceText('run.py', content)))
}

/** `via name.key line:column-line:column`, and the owner of a list. */
export function secrets(content: string): readonly string[] {
  return parts(content).secrets.map(({ via, secret, key, place, attribute }) =>
    [via, key === null ? secret : `${secret} ${key}`, at(place), ...(attribute ? [`of ${attribute}`] : [])].join(' '),
  )
}

export function at(place: Place): string {
  if (!('span' in place)) return 'no place in a file'
  const { start, end } = place.span
  return `${start.line}:${start.column}-${end.line}:${end.column}`
}
