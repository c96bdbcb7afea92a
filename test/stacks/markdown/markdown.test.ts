import { describe, expect, it } from 'vitest'
import { markdown } from '../../../src/stacks/markdown.ts'
import { attributeRows, nameRows, readAs } from '../written.ts'

const names = (content: string, path = 'README.md') => nameRows(readAs(markdown, path, content))
const create = 'zenml secret create x --a=b'

describe('a page in Markdown', () => {
  it.each([
    ['a fence', `\`\`\`\n${create}\n\`\`\`\n`, '2:21-2:22'],
    ['a fence of tildes', `~~~sh\n${create}\n~~~\n`, '2:21-2:22'],
    ['a longer fence', `\`\`\`\`\n\`\`\`\n${create}\n\`\`\`\`\n`, '3:21-3:22'],
    ['a fence that never closes', `\`\`\`bash\n${create}`, '2:21-2:22'],
    ['a fence in a list', `1. a\n   \`\`\`sh\n   ${create}\n   \`\`\`\n`, '3:24-3:25'],
    ['a fence in a quote', `> \`\`\`sh\n> ${create}\n> \`\`\`\n`, '2:23-2:24'],
    ['a fence in a quote in a list', `- > \`\`\`sh\n  > ${create}\n  > \`\`\`\n`, '2:25-2:26'],
    ['an indented block', `a\n\n    ${create}\n`, '3:25-3:26'],
    ['a console', `\`\`\`console\n$ ${create}\nDone, it's\n\`\`\`\n`, '2:23-2:24'],
    ['a console of a user', `\`\`\`\n(env) me@host:~/a$ ${create}\n\`\`\`\n`, '2:40-2:41'],
    ['another prompt', `\`\`\`\n❯ ${create}\n\`\`\`\n`, '2:23-2:24'],
    ['lines that MDX joins', '```\nzenml secret create \\\\\n  x --a=b\n```\n', '3:3-3:4'],
    ['a fence of another language', `\`\`\`python\n${create}\n\`\`\`\n`, '2:21-2:22'],
    ['a command in Python', `\`\`\`python\nx = 1\n!${create}\n\`\`\`\n`, '3:22-3:23'],
    ['a workflow', `\`\`\`yaml\n- run: ${create}\n\`\`\`\n`, '2:28-2:29'],
    ['a Dockerfile', `\`\`\`dockerfile\nRUN ${create}\n\`\`\`\n`, '2:25-2:26'],
    ['lines that end in CRLF', `\`\`\`sh\r\n${create}\r\n\`\`\`\r\n`, '2:21-2:22'],
  ])('shows what is created in %s', (_, content, span) => {
    expect(names(content)).toEqual([`x(a) ${span}`])
  })

  it.each([
    ['a sentence', `Run \`${create}\` first.\n`],
    ['a comment', `<!--\n\`\`\`\n${create}\n\`\`\`\n-->\n`],
    ['a paragraph', `${create}\n`],
    ['what a console prints', `\`\`\`\n$ ls\n${create}\n\`\`\`\n`],
    ['a paragraph that goes on indented', `a\n    ${create}\n`],
  ])('does not read %s', (_, content) => {
    expect(readAs(markdown, 'README.md', content)).toBeUndefined()
  })

  it('shows Python, Terraform and stacks by their language, as documentation', () => {
    const python = 'from zenml.client import Client\nClient().get_secret("p").secret_values["k"]'
    const stack =
      'stack_name: s\nzenml_version: 0.30.0\ncomponents:\n  orchestrator: {flavor: local, name: o, type: orchestrator}'
    const terraform = 'resource "zenml_secret" "x" {\n  name = "t"\n  values = { a = "b" }\n}'
    const content = `\`\`\`py\n${python}\n\`\`\`\n\`\`\`hcl\n${terraform}\n\`\`\`\n\`\`\`yaml\n${stack}\n\`\`\`\n`
    const file = readAs(markdown, 'a.md', content)
    expect([nameRows(file), file?.stacks.map(({ name }) => name), file?.isDocumentation]).toEqual([
      ['t(a) 7:11-7:12', 'p.k 3:22-3:23'],
      ['s'],
      true,
    ])
  })

  it.each([
    [
      'an import',
      'from zenml.client import Client\n\nkey = Client().get_secret("p").secret_values["k"]',
      'p.k 5:28-5:29',
    ],
    ['a client', 'client = Client()\nkey = client.get_secret("p").secret_values["k"]', 'p.k 4:26-4:27'],
    ['a step', '@step(secrets=["p"])\ndef load() -> None:\n    ...', 'p.null 3:17-3:18'],
    ['a constructor', 'settings = KubeflowOrchestratorSettings(\n    client_username="{{p.k}}",\n)', 'p.k 4:22-4:29'],
  ])('shows Python in a fence called otherwise, by %s', (_, python, row) => {
    const blocks = ['', 'bash', 'text'].map(language => names(`ZenML (zenml)\n\`\`\`${language}\n${python}\n\`\`\`\n`))
    expect(blocks).toEqual([[row], [row], [row]])
  })

  it('takes no Python for commands, and no commands for Python', () => {
    expect(names(`\`\`\`bash\nfrom zenml import step\n${create}\nClient().delete_secret("p")\n\`\`\`\n`)).toEqual([
      'x(a) 3:21-3:22',
    ])
  })

  it('shows references at their places', () => {
    const content = '```bash\n$ zenml alerter register s -f slack \\\n    --a="{{x.y}}"\n```\n'
    expect(attributeRows(readAs(markdown, 'a.md', content))).toEqual(['s.a={{x.y}} 3:10-3:17'])
  })
})

describe('a page in reStructuredText', () => {
  it.each([
    ['behind two colons', `Do::\n\n  ${create}\n\nz\n`, '3:23-3:24'],
    ['in a directive with options', `.. code-block:: sh\n   :linenos:\n\n   $ ${create}\n`, '4:26-4:27'],
    ['in a block inside another', `.. note::\n\n   .. code:: sh\n\n      ${create}\n`, '5:27-5:28'],
  ])('shows what is created %s', (_, content, span) => {
    expect(names(content, 'a.rst')).toEqual([`x(a) ${span}`])
  })

  it('does not read other directives and paragraphs', () => {
    expect(readAs(markdown, 'a.rst', `.. note::\n\n   ${create}\n\n${create}\n`)).toBeUndefined()
  })
})
