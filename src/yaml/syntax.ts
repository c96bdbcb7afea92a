import { CST, Lexer, Parser } from 'yaml'
import { limits } from './limits.ts'
import { type ProblemLog, sentenceFor } from './problems.ts'

/**
 * Yields the documents of a text as the library's syntax tokens, in file order. Stops, with a problem in `log`, at the
 * first bound exceeded: a document nested too deep is not yielded. Nothing here recurses into the text.
 */
export function* readSyntax(text: string, log: ProblemLog): Generator<CST.Document> {
  let documents = 0
  let errors = 0
  for (const token of boundedTokens(text, log)) {
    if (token.type === 'error') {
      log.add(sentenceFor('UNEXPECTED_TOKEN'), token.offset, token.offset + token.source.length)
      if (++errors > limits.errors) return
    } else if (token.type === 'document') {
      if (++documents > limits.documents) {
        return log.add(`More than ${limits.documents} documents.`, token.offset, token.offset)
      }
      yield token
    }
  }
}

function* boundedTokens(text: string, log: ProblemLog): Generator<CST.Token> {
  const parser = new Parser()
  let lexemes = 0
  for (const lexeme of significantLexemes(text, parser)) {
    yield* parser.next(lexeme)
    if (nestingOf(parser.stack) > limits.nesting) {
      return log.add(`Nested deeper than ${limits.nesting} levels.`, parser.offset - lexeme.length, parser.offset)
    }
    if (++lexemes > limits.tokens) {
      return log.add(`More than ${limits.tokens.toLocaleString('en')} YAML tokens.`, parser.offset, parser.offset)
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
 * The lexemes of a text without comments and blank lines, which mean nothing and on which the library's parser takes
 * quadratic time. What is left out is added to the parser's offset, which it otherwise keeps itself.
 */
function* significantLexemes(text: string, parser: Parser): Generator<string> {
  let atLineStart = true
  let indent = ''
  let isScalar = false
  for (const lexeme of new Lexer().lex(text)) {
    const inBlockScalar = parser.stack.at(-1)?.type === 'block-scalar'
    if (isScalar || inBlockScalar) {
      // The header of a block scalar must stay whole, its comment included; its content ends with a line end.
      atLineStart = isScalar && inBlockScalar
      isScalar = !isScalar && lexeme === CST.SCALAR
      yield lexeme
      continue
    }
    const type = CST.tokenType(lexeme)
    if (atLineStart && type === 'space') {
      indent += lexeme
    } else if (type === 'comment' || (atLineStart && type === 'newline')) {
      parser.offset += indent.length + lexeme.length
      indent = ''
    } else {
      if (indent !== '') yield indent
      indent = ''
      isScalar = type === 'scalar'
      atLineStart = type === 'newline' || (atLineStart && type === 'doc-mode')
      yield lexeme
    }
  }
}
