import { CST, Lexer, Parser } from 'yaml'
import { limits } from './limits.ts'
import { type ProblemLog, sentenceFor } from './problems.ts'

/**
 * Yields the directives and documents of a text as the library's syntax tokens, in file order. Stops, with a problem in
 * `log`, at the first bound exceeded: a document nested too deep is not yielded. Nothing here recurses into the text.
 */
export function* readSyntax(text: string, log: ProblemLog): Generator<CST.Token> {
  const parser = new Parser()
  let documents = 0
  let tokens = 0
  for (const lexeme of significantLexemes(text, parser)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document' && ++documents > limits.documents) {
        return log.add(`More than ${limits.documents} documents.`, token.offset, token.offset)
      }
      yield* checked(token, log)
    }
    if (nesting(parser.stack) > limits.nesting) {
      return log.add(`Nested deeper than ${limits.nesting} levels.`, parser.offset - lexeme.length, parser.offset)
    }
    if (++tokens > limits.tokens) {
      return log.add(`More than ${limits.tokens.toLocaleString('en')} YAML tokens.`, parser.offset, parser.offset)
    }
  }
  for (const token of parser.end()) {
    if (token.type === 'document' && ++documents > limits.documents) {
      return log.add(`More than ${limits.documents} documents.`, token.offset, token.offset)
    }
    yield* checked(token, log)
  }
}

/** Passes on what takes part in composing; the end of a document does not, and an error is told here. */
function* checked(token: CST.Token, log: ProblemLog): Generator<CST.Token> {
  if (token.type === 'error') {
    log.add(sentenceFor('UNEXPECTED_TOKEN'), token.offset, token.offset + token.source.length)
  } else if (token.type === 'document' || token.type === 'directive') {
    yield token
  }
}

/** Collections being built: all of the stack but the document and a scalar on top. */
function nesting(stack: readonly CST.Token[]): number {
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
    if (isScalar || parser.stack.at(-1)?.type === 'block-scalar') {
      // The content of a block scalar ends with its line; its header must stay whole.
      atLineStart = isScalar && parser.stack.at(-1)?.type === 'block-scalar'
      isScalar = lexeme === CST.SCALAR
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
