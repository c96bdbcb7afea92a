import { Composer, type CST, type ErrorCode } from 'yaml'
import { buildTree } from './build-tree.ts'
import { limits } from './limits.ts'
import type { YamlFile, YamlNode } from './node.ts'
import { type ProblemLog, problemLog, sentenceFor } from './problems.ts'
import { readSyntax } from './syntax.ts'

/** Reads any text as YAML, as `parseYaml` promises. */
export function parseWithLibrary(content: string): YamlFile {
  const log = problemLog()
  const documents: YamlNode[] = []
  if (content.length > limits.length) {
    log.stop('Larger than 1 MiB.', 0)
  } else {
    readDocuments(withPlainLineEnds(content), documents, log)
  }
  return { documents, problems: log.all() }
}

function readDocuments(text: string, documents: YamlNode[], log: ProblemLog): void {
  let offset = 0
  try {
    for (const token of readSyntax(text, log)) {
      offset = token.offset
      documents.push(...compose(token, log))
    }
  } catch {
    // Not known to happen; the library has thrown on odd texts before.
    log.stop('This cannot be read as YAML.', offset)
  }
}

/**
 * The line ends that PyYAML knows beside LF and CRLF (CR, NEL, LS, PS) as LF, because the library does not know them.
 * Length and so all offsets stay the same.
 */
function withPlainLineEnds(content: string): string {
  return /\r(?!\n)|[\u0085\u2028\u2029]/.test(content)
    ? content.replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, '\n')
    : content
}

const options = {
  schema: 'failsafe',
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: false,
  strict: false,
  prettyErrors: false,
  keepSourceTokens: true,
  logLevel: 'silent',
} as const

/** Directives and the markers between documents have no part in this: tags are ignored anyway. */
function* compose(token: CST.Document, log: ProblemLog): Generator<YamlNode> {
  const composer = new Composer(options)
  // The library would make an Error of every mistake, with its stack: seconds and gigabytes for a hostile file.
  Object.assign(composer, { onError: reporter(log) })
  for (const { contents } of composer.compose([token])) if (contents) yield buildTree(contents)
}

type ErrorPlace = number | readonly [number, number, number?] | { readonly offset: number; readonly source?: string }

/** How the library calls it: with a place, a code, a message, and `true` for a mere warning. */
function reporter(log: ProblemLog) {
  return (
    place: ErrorPlace,
    code: ErrorCode,
    ...[message, isWarning]: [message: string, isWarning?: boolean]
  ): void => {
    if (isWarning || code === 'TAG_RESOLVE_FAILED') return
    const [start, end] = rangeOf(place)
    log.add(sentenceFor(code, message), start, end)
  }
}

function rangeOf(place: ErrorPlace): readonly [start: number, end: number] {
  if (typeof place === 'number') return [place, place + 1]
  if ('offset' in place) return [place.offset, place.offset + (place.source?.length ?? 1)]
  return [place[0], place[1]]
}
