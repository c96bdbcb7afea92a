import { CST, Lexer, Parser } from 'yaml'
import { limits } from './limits.ts'
import { type ProblemLog, sentenceFor } from './problems.ts'

/**
 * Yields the documents of a text as the library's syntax tokens, in file order. Stops, with a problem in `log`, at the
 * first bound exceeded: a document nested too deep is not yielded. Nothing here recurses into the text.
 */
export function* readSyntax(text: string, log: ProblemLog): Generator<CST.Document> {
  const errors: CST.ErrorToken[] = []
  let documents = 0
  for (const token of boundedTokens(text, log)) {
    if (token.type === 'error') {
      if (errors.push(token) > limits.errors) break
    } else if (token.type === 'document') {
      if (++documents > limits.documents) {
        log.stop(`More than ${limits.documents} documents.`, token.offset)
        break
      }
      log.openDocument(token.offset)
      yield token
    }
  }
  // Only now is it known in which documents they are: the parser complains before it hands a document over.
  for (const { offset, source } of errors) log.add(sentenceFor('UNEXPECTED_TOKEN'), offset, offset + source.length)
}

function* boundedTokens(text: string, log: ProblemLog): Generator<CST.Token> {
  const parser = new Parser()
  let lexemes = 0
  for (const lexeme of withoutComments(text, parser)) {
    yield* parser.next(lexeme)
    if (nestingOf(parser.stack) > limits.nesting) {
      return log.stop(`Nested deeper than ${limits.nesting} levels.`, parser.offset - lexeme.length)
    }
    if (++lexemes > limits.tokens) {
      return log.stop(`More than ${limits.tokens.toLocaleString('en')} YAML tokens.`, parser.offset)
    }
  }
  yield* parser.end()
}

/** Collections being built: all of the stack but the document and a scalar on top. */
function nestingOf(stack: readonly CST.Token[]): number {
  const top = stack.at(-1)
  return stack.length - (top !== undefined && CST.isCollection(top) ? 1 : 2)
}

/**
 * The lexemes of a text without comments, which mean nothing and on which, after blank lines, the library's parser takes
 * quadratic time. What is left out is added to the parser's offset, which it otherwise keeps itself.
 */
function* withoutComments(text: string, parser: Parser): Generator<string> {
  let isScalar = false
  for (const lexeme of new Lexer().lex(text)) {
    // The header of a block scalar must stay whole, its comment included: the content starts where it ends.
    const isKept = isScalar || parser.stack.at(-1)?.type === 'block-scalar'
    if (!isKept && CST.tokenType(lexeme) === 'comment') {
      parser.offset += lexeme.length
      continue
    }
    isScalar = !isScalar && lexeme === CST.SCALAR
    yield lexeme
  }
}
