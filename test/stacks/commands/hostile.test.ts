import { describe, expect, it } from 'vitest'
import { readShell } from './read.ts'

const length = 512 * 1024

function filled(piece: string): string {
  return `zenml ${piece.repeat(Math.ceil(length / piece.length))}`
}

/** Milliseconds; far above what linear work takes on a busy machine, far below what quadratic work takes anywhere. */
const bound = 15_000

describe('half a MiB of hostile shell text', () => {
  it.each([
    ['one word of 1 MiB', filled('a').repeat(2)],
    ['opening brackets', filled('(')],
    ['substitutions', filled('a$(')],
    ['substitutions inside quotes', filled('"$(')],
    ['single quotes', filled("'")],
    ['apostrophes', filled("a'b\n")],
    ['backquotes', filled('` (')],
    ['open braces', filled('${a:-')],
    ['expressions that never close', filled('${{')],
    ['here-documents that never end', Array.from({ length: 100_000 }, (_, index) => `<<a${index}\nzenml `).join('')],
    ['a variable that doubles', `A=aaaa\n${filled('A=$A$A;')}`],
    ['a long value used often', `A=${'x'.repeat(900)}\n${filled('$A')}`],
    ['an array spread often', `A=(${'a '.repeat(5000)});${filled('zenml alerter register ${A[@]};')}`],
    ['blocks in blocks', `${filled('{ A=1; ')}${'} ;'.repeat(100_000)}`],
    ['placeholders', filled('<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')],
    ['JSON that never closes', `zenml alerter register a --a='${'['.repeat(length)}'`],
    ['deep JSON', `zenml alerter register a --a='${'['.repeat(length / 2)}${']'.repeat(length / 2)}'`],
    ['shells in shells', `${filled('bash -c "zenml ')}`],
  ])('is read in time: %s', (_, content) => {
    const start = performance.now()
    readShell(content)
    expect(performance.now() - start).toBeLessThan(bound)
  })

  it('still shows what stands before it', () => {
    const { components } = readShell(`zenml alerter register a --a={{a.b}}\n${filled('"$(')}`)
    expect(components[0]?.attributes[0]?.value).toBe('{{a.b}}')
  })

  it('that is one command with many options shows them all', () => {
    const options = 50_000
    const { components } = readShell(`zenml alerter register a${' --a={{b.c}}'.repeat(options)}`)
    expect(components[0]?.attributes).toHaveLength(options)
  })
})
