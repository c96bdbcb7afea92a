import fc from 'fast-check'

/** An attribute that a generated script holds, and the stretch of the script that it must be found at. */
export interface GeneratedAttribute {
  readonly component: string
  readonly key: string
  readonly value: string
  readonly start: number
  readonly end: number
}

export interface GeneratedScript {
  readonly content: string
  readonly attributes: readonly GeneratedAttribute[]
  /** `name: key, key`, in file order. */
  readonly definitions: readonly string[]
}

/** Stand around what an attribute must be found at, and are taken out of the finished script. */
const open = '\uE000'
const close = '\uE001'

interface Part {
  readonly text: string
  readonly attributes?: readonly Omit<GeneratedAttribute, 'start' | 'end'>[]
  readonly definitions?: readonly string[]
}

const name = fc
  .tuple(
    fc.constantFrom('a', 'm', 'x', 'Z'),
    fc.string({ unit: fc.constantFrom('a', 'b', '_', '-', '0', 'é', '😀'), maxLength: 6 }),
  )
  .map(([first, rest]) => first + rest)
const key = fc.constantFrom('token', 'api_key', 'tracking_password', 'x', 'uri')
/** Blanks between two words of a command. */
const gap = fc.constantFrom(' ', '  ', '\t', ' \\\n  ', ' \\\n', ' \\\\\n  ')

type Write = (key: string, inside: string) => string
const marked = (text: string) => `${open}${text}${close}`
const styles: readonly Write[] = [
  (option, text) => `--${option}=${marked(text)}`,
  (option, text) => `--${option}="${marked(text)}"`,
  (option, text) => `--${option}='${marked(text)}'`,
  (option, text) => `"--${option}=${marked(text)}"`,
  (option, text) => `'--${option}=${marked(text)}'`,
  (option, text) => `--${option}=$'${marked(text)}'`,
  (option, text) => `--"${option}"="${marked(text)}"`,
  (option, text) => `--${option}=${marked(text.replaceAll('{', '\\{'))}`,
]

const variables: ReadonlyMap<string, string> = new Map([
  ['NAME', 'creds'],
  ['OTHER', 'x-1'],
])
const head = 'NAME=creds\nexport OTHER="${OTHER:-x-1}" # zenml\n'

/** A value as it is and as it is written. */
const reference: fc.Arbitrary<readonly [string, (write: Write, option: string) => string]> = fc.oneof(
  fc.tuple(name, name).map(([secret, entry]) => {
    const text = `{{${secret}.${entry}}}`
    return [text, (write: Write, option: string) => write(option, text)] as const
  }),
  fc.tuple(fc.constantFrom(...variables.keys()), name, fc.boolean()).map(([variable, entry, inBraces]) => {
    const written = `{{${inBraces ? `\${${variable}}` : `$${variable}`}.${entry}}}`
    return [
      `{{${variables.get(variable)}.${entry}}}`,
      (_: Write, option: string) => `--${option}="${marked(written)}"`,
    ] as const
  }),
)

const option = fc.tuple(key, reference, fc.constantFrom(...styles)).map(([option, [value, write], style]) => ({
  text: write(style, option),
  key: option,
  value,
}))
const flavor = fc.constantFrom('--flavor=mlflow', '-f mlflow', '--flavor "mlflow"', "-f='mlflow'")
const program = fc.constantFrom(
  ...[
    'zenml',
    'zen',
    './bin/zenml',
    'uv run zenml',
    'poetry run zenml',
    'python3 -m zenml',
    'sudo -E zenml',
    'A=1 zenml',
  ],
  ...['$ zenml', 'time zenml', 'env -u X B="c d" zenml', 'xargs zenml', '"zenml"'],
)
const ending = fc.constantFrom(
  ...[
    '',
    ' || true',
    ' && echo ok',
    '; echo --a={{no.no}}',
    ' > /dev/null 2>&1',
    ' 2>&1 | tee log',
    ' # {{no.no}}',
    ' &',
    '\n',
  ],
)

const registration: fc.Arbitrary<Part> = fc
  .record({
    program,
    type: fc.constantFrom('experiment-tracker', 'alerter', 'log_store', 'code-repository'),
    verb: fc.constantFrom('register', 'update'),
    component: fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/),
    options: fc.array(option, { minLength: 1, maxLength: 4 }),
    flavor,
    gap,
    ending,
  })
  .map(({ program, type, verb, component, options, flavor, gap, ending }) => ({
    text: [`${program} ${type} ${verb} ${component}`, flavor, ...options.map(({ text }) => text)].join(gap) + ending,
    attributes: options.map(({ key, value }) => ({ component, key, value })),
  }))

const definition: fc.Arbitrary<Part> = fc
  .record({
    program,
    group: fc.constantFrom('secret create', 'secret register', 'secrets-manager secret register'),
    secret: fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/),
    keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
    gap,
    ending,
  })
  .map(({ program, group, secret, keys, gap, ending }) => ({
    text: [`${program} ${group} ${secret}`, ...keys.map(key => `--${key}="$(cat f) v"`)].join(gap) + ending,
    definitions: [`${secret}: ${keys.join(', ')}`],
  }))

/** What stands between commands and holds nothing, however much it looks like it. */
const noise: fc.Arbitrary<Part> = fc
  .constantFrom(
    ...[
      '',
      '# zenml alerter register x --a={{no.no}}',
      'echo "zenml alerter register x --a={{no.no}}"',
      'set -euo pipefail',
    ],
    ...[
      'cat <<EOF\nzenml alerter register x --a={{no.no}}\nEOF',
      "cat <<-'E' > x\n\tzenml \" ' ` $( (\n\tE",
      'X=$(( 1 << 3 ))',
    ],
    ...[
      'docker images --format "{{.Repository}}"',
      'for i in 1 2; do\n  echo {{no.no}}\ndone',
      "echo it's done",
      'f() { :; }',
    ],
    ...[
      'zenml stack list',
      'zenml alerter describe x --a={{no.no}}',
      'OPTIONS=(--a={{no.no}} b)',
      'case $1 in\n  a) :;;\nesac',
    ],
    ...[
      'awk \'{ print "\'"$1"\'" }\' x',
      'echo "a`date`b" \\"',
      'x=${y:-{{no.no}}}',
      "echo $'it\\'s'",
      '[[ a =~ ^(b|c)$ ]] && true',
    ],
  )
  .map(text => ({ text }))

const command = fc.oneof({ weight: 4, arbitrary: registration }, { weight: 1, arbitrary: definition })

/** A command inside others. The line end keeps a comment at its end from what closes the group. */
const nested: fc.Arbitrary<Part> = fc
  .tuple(
    command,
    fc.constantFrom(
      ...[['(', ')'] as const, ['{ ', '}'] as const, ['X=$(', ')'] as const, ['echo "y $(', ') z"'] as const],
      ...[
        ['if true; then\n', 'else\n:\nfi'] as const,
        ['if ! ', 'then :; fi'] as const,
        ['for i in a; do ', 'done'] as const,
      ],
      ...[['case $1 in\n(a|b) ', ';; esac'] as const, ['setup() {\n', '}'] as const, ['bash <<END\n', 'END'] as const],
    ),
  )
  .map(([part, [before, after]]) => ({ ...part, text: `${before}${part.text}\n${after}` }))

/** Scripts whose every attribute and definition is known, with all that scripts are made of around them. */
export const generatedScript: fc.Arbitrary<GeneratedScript> = fc
  .tuple(fc.array(fc.oneof(command, nested, noise), { minLength: 1, maxLength: 6 }), fc.boolean())
  .map(([parts, isWindows]) => {
    const text = `${head}${parts.map(part => `${part.text}\n\n`).join('')}`
    const { content, stretches } = takeOutMarks(isWindows ? text.replaceAll('\n', '\r\n') : text)
    const attributes = parts
      .flatMap(part => part.attributes ?? [])
      .map((attribute, index) => ({ ...attribute, ...(stretches[index] ?? { start: -1, end: -1 }) }))
    return { content, attributes, definitions: parts.flatMap(part => part.definitions ?? []) }
  })

function takeOutMarks(text: string) {
  const stretches: { start: number; end: number }[] = []
  let content = ''
  let start = 0
  for (const piece of text.split(/([\uE000\uE001])/)) {
    if (piece === open) start = content.length
    else if (piece === close) stretches.push({ start, end: content.length })
    else content += piece
  }
  return { content, stretches }
}

/** Anything that a shell gives a meaning to, in any order. */
export const brokenScript: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'zenml ',
        'zenml alerter register x ',
        '--a={{a.b}}',
        '--a=',
        '{{$A.b}}',
        'zenml secret create s ',
        '-v ',
        '{"a":',
        '-f ',
      ],
      ...[
        ' ',
        '\n',
        '\r\n',
        '\r',
        '\t',
        '\\',
        '\\\n',
        "'",
        '"',
        '`',
        '$',
        '$(',
        '${',
        '${{',
        '}}',
        '}',
        "$'",
        '$"',
        '$((',
        '))',
      ],
      ...[
        '<',
        '>',
        '<<E\n',
        '<<-E',
        "<<'E'",
        'E\n',
        '\nE\n',
        '<<<',
        '&',
        '&&',
        '|',
        '||',
        ';',
        ';;',
        '(',
        ')',
        '{',
        '{ ',
        '; }\n',
      ],
      ...[
        'A=',
        'A=(',
        'A+=',
        '${A[@]}',
        '${A:-',
        '${A:=x}',
        '$A',
        'export ',
        'if ',
        'fi\n',
        'case x in ',
        'esac ',
        'else ',
        'for A in ',
      ],
      ...[
        '#',
        '# ',
        'bash -c ',
        'bash <<E\n',
        '@',
        '=',
        '\0',
        '\uFEFF',
        '\uD800',
        'é😀',
        '\u2028',
        '\\x',
        '> ',
        '$ ',
        '<NAME>',
        '[',
        ']',
        ',',
      ],
    ),
    { maxLength: 60 },
  )
  .map(pieces => `zen\n${pieces.join('')}`)
