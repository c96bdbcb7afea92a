import fc from 'fast-check'

/** One call that fetches a secret, in one of many spellings, and what must be found of it. */
export interface GeneratedUse {
  readonly code: string
  readonly secret: string
  readonly key: string | null
}

const word = fc.string({
  unit: fc.constantFrom('a', 'Z', '_', '-', '0', ' ', 'é', '名', '😀', '{', '}', '#', '.', '/'),
  minLength: 1,
  maxLength: 8,
})

const quotes = fc.constantFrom('"', "'", '"""', "'''", 'r"', "u'", 'R"""')
const gap = fc.constantFrom('', ' ', '\n  ', '\r\n\t', ' # c "\n  ', ' \\\n ')
const receiver = fc.constantFrom(
  'Client()',
  'client',
  'zc.Client()',
  '(Client())',
  'self.client',
  'zenml.client.Client()',
)

function literal(text: string, quote: string): string {
  return `${quote}${text}${quote.replace(/[a-zA-Z]/, '')}`
}

/** A use in brackets, so that line ends may stand anywhere in it. */
export const use: fc.Arbitrary<GeneratedUse> = fc
  .record({
    secret: word,
    key: fc.option(word),
    quote: quotes,
    keyQuote: quotes,
    gaps: fc.tuple(gap, gap, gap, gap),
    receiver,
    name: fc.constantFrom('', 'name_id_or_prefix=', 'private=None, name_id_or_prefix = '),
    isGet: fc.boolean(),
  })
  .map(({ secret, key, quote, keyQuote, gaps: [a, b, c, d], receiver, name, isGet }) => {
    const written = key === null ? '' : literal(key, keyQuote)
    const access = key === null ? '' : isGet ? `.get(${c}${written}${d})` : `[${c}${written}${d}]`
    const fetched = `${receiver}${a}.get_secret(${b}${name}${literal(secret, quote)}${c})`
    return { code: `(${fetched}${d}.secret_values${access})`, secret, key }
  })

/** Texts around uses that must neither hide nor change them: whole lines, well formed or not. */
export const noise: fc.Arbitrary<string> = fc.constantFrom(
  '# Client().get_secret("no")',
  '"""Client().get_secret("no")"""',
  'x = f"{{a}} {x!r:>{w}} {d[\'k\']}"',
  'print "Python 2"',
  '!pip install \'x "y',
  '%matplotlib inline',
  '{% if x %}',
  'y = "unterminated',
  'if x: y = 1; z = {"a": [1, (2, 3)]}',
  'class A(B):\n    NAME = "n"\n    def f(self, a: int = 1) -> str: return a',
  'for i in range(3):\n\tpass',
  'z = lambda a, *b, c=1, **d: {a: b}',
  '@decorator(1)\ndef g(x, /, y): ...',
  '',
)

/** Any sequence of what Python is made of. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'from zenml import step, pipeline\n',
        'Client()',
        '.get_secret(',
        '.secret_values',
        '.create_secret(',
        'a',
        'x = ',
      ],
      ...[
        '.create_stack_component(',
        '@step(secrets=',
        'name=',
        'configuration=',
        'StackComponentType.ALERTER',
        '"{{a.b}}"',
      ],
      ...['def f(', 'class A', 'self', 'for ', 'in ', 'if ', 'else', 'import ', 'as ', 'lambda ', 'None', 'os.getenv('],
      ...[
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '"""',
        "'''",
        'f"',
        "f'''",
        'rb"',
        '{{',
        '}}',
        '\\',
        '\n',
        '\r\n',
        '\r',
      ],
      ...[
        '\t',
        '    ',
        ':',
        ':=',
        '=',
        '+',
        '*',
        '**',
        '.',
        ',',
        ';',
        '@',
        '->',
        '!',
        '%',
        '#',
        '1.5',
        '\uFEFF',
        '\ud800',
        'é',
        '\0',
      ],
    ),
    { maxLength: 80 },
  )
  .map(pieces => pieces.join(''))
