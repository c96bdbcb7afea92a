import { describe, expect, it } from 'vitest'
import type { Place } from '../../src/stacks/stack.ts'
import { makeTree } from '../files/tree.ts'
import { checkTree } from './run.ts'

const register = 'zenml alerter register x --flavor=slack --slack_token='
const component = (entry: string) =>
  `resource "zenml_stack_component" "x" {\n  name = "x"\n  type = "alerter"\n  flavor = "slack"\n  configuration = {\n    ${entry}\n  }\n}\n`
const export98 =
  "components:\n  alerter:\n  - configuration: {slack_token: '{{bad.k}}'}\n    flavor: slack\n    name: x\nstack_name: s\nzenml_version: 0.98.0\n"
const cell = (source: string) => JSON.stringify({ cells: [{ cell_type: 'code', source: [source] }], metadata: {} })
const wide = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}
const mebibyte = 'a'.repeat(1 << 20)
const invalid = (before: string, after: string) =>
  Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]), Buffer.from(after)])

/** A file that cannot be read as a whole, and what is found in it: secrets as `name.key`, and kinds of findings. */
const badInputs: readonly (readonly [
  name: string,
  path: string,
  content: string | Buffer,
  found: readonly string[],
])[] = [
  ['unterminated double quotes in a script', 'bad.sh', `${register}"{{bad.k}}\n`, ['embedded-reference']],
  ['unterminated single quotes in a script', 'bad.sh', `${register}'{{bad.k}}'\necho 'it\n`, ['bad.k']],
  ['unterminated quotes in a Makefile', 'Makefile', `x:\n\t${register}"{{bad.k}}\n`, ['embedded-reference']],
  ['unterminated quotes in a justfile', 'justfile', `x:\n    ${register}"{{{{bad.k}}\n`, ['embedded-reference']],
  ['unterminated quotes in a Dockerfile', 'Dockerfile', `RUN ${register}"{{bad.k}}\n`, ['embedded-reference']],
  [
    'unterminated quotes in a workflow',
    '.github/workflows/a.yml',
    `jobs:\n  a:\n    steps:\n    - run: "${register}{{bad.k}}\n`,
    [],
  ],
  ['unterminated quotes in Python', 'bad.py', 'from zenml.client import Client\nClient().get_secret("bad\nx = """', []],
  ['unterminated quotes in Terraform', 'bad.tf', component('slack_token = "{{bad.k}}'), ['bad.k']],
  ['unterminated quotes in YAML', 'bad.yaml', export98.replace("}}'}", '}}}'), ['unreadable-file']],
  ['half a here-document', 'bad.sh', `zenml stack import x -f - <<'END'\n${export98}`, []],
  ['half a here-document in Terraform', 'bad.tf', `locals {\n  stack = <<-END\n${export98}`, ['bad.k']],
  ['half a code block', 'bad.md', `\`\`\`bash\n${register}"{{bad.k}}`, ['embedded-reference']],
  ['invalid UTF-8 in a script', 'bad.sh', invalid(`${register}'{{bad.`, "}}'\n"), []],
  ['invalid UTF-8 in YAML', 'bad.yaml', invalid('# ', `\n${export98}`), ['unreadable-file']],
  ['invalid UTF-8 in Python', 'bad.py', invalid('import zenml  # ', '\n'), []],
  ['UTF-16 in a script', 'bad.sh', wide(`${register}'{{bad.k}}'\n`, 'le'), []],
  ['UTF-16 in YAML', 'bad.yaml', wide(export98, 'be'), ['unreadable-file']],
  ['UTF-16 in a notebook', 'bad.ipynb', wide(cell(`!${register}'{{bad.k}}'`), 'le'), []],
  ['half of a UTF-16 character', 'bad.md', wide(`zenml ${export98}`, 'be').subarray(0, -1), []],
  ['1 MiB on one line of a script', 'bad.sh', `${register}'{{bad.k}}' --x=${mebibyte.slice(200)}\n`, ['bad.k']],
  ['1 MiB on one line of YAML', 'bad.yaml', `x: "${mebibyte.slice(500)}"\n${export98}`, ['bad.k']],
  ['1 MiB on one line of Python', 'bad.py', `import zenml; x = "${mebibyte.slice(200)}\n`, []],
  [
    '1 MiB on one line of Terraform',
    'bad.tf',
    component(`slack_token = "{{bad.k}}${mebibyte.slice(500)}`),
    ['embedded-reference'],
  ],
  ['1 MiB on one line of a notebook', 'bad.ipynb', cell(`!${register}{{bad.k}} --x=${mebibyte.slice(500)}`), []],
  ['1 MiB on one line of Markdown', 'bad.md', `zenml ${'`'.repeat((1 << 20) - 10)}\n`, []],
  ['1 MiB on one line of a Makefile', 'Makefile', `x:\n\t${register}${'$('.repeat((1 << 19) - 100)}`, []],
  ['more than 1 MiB', 'bad.sh', `${register}'{{bad.k}}' --x=${mebibyte}\n`, []],
  [
    'a notebook that is not JSON',
    'bad.ipynb',
    `{"cells": [{"cell_type": "code", "source": ["!${register}{{bad.k}}"`,
    [],
  ],
  ['a notebook that is a list', 'bad.ipynb', '["zenml secret create {{bad.k}}"]', []],
  ['a notebook whose cells are texts', 'bad.ipynb', '{"cells": ["zenml {{bad.k}}", null, 1]}', []],
  [
    'Terraform that does not parse',
    'bad.tf',
    `resource "zenml_stack_component" {{{ = ]\n${component('slack_token = "{{bad.k}}"')}`,
    [],
  ],
  [
    'Terraform in JSON that does not parse',
    'bad.tf.json',
    '{"resource": {"zenml_stack_component": {"x": {"configuration": {"a": "{{bad.k}}"',
    ['bad.k'],
  ],
  ['a workflow that does not parse', '.github/workflows/a.yml', `jobs: [\n- run: ${register}'{{bad.k}}'\n`, []],
  ['a Dockerfile that ends in a backslash', 'Dockerfile', `RUN ${register}'{{bad.k}}' \\`, ['bad.k']],
  ['NUL characters', 'bad.sh', `\0${register}'{{bad.k}}'\0\n`, []],
]

describe('a file that nothing can make sense of', () => {
  it.each(badInputs)('is a finding or silence, and other files are checked: %s', async (_, path, content, found) => {
    const root = makeTree({ [path]: content, 'good.sh': `${register}'{{good.k}}'\n` })
    const { report } = await checkTree(root, { level: 'NONE', docs: 'true' })
    const isThere = (place: Place | undefined) => place !== undefined && 'file' in place && place.file === path
    const told = [
      ...report.uses.filter(({ place }) => isThere(place)).map(({ secret, key }) => `${secret}.${key}`),
      ...report.findings.filter(({ finding }) => isThere(finding.place)).map(({ finding }) => finding.kind),
    ]
    expect(report.uses.filter(({ secret }) => secret === 'good')).toHaveLength(1)
    expect(told).toEqual(found)
  })
})
