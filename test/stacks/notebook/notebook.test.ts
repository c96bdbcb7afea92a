import { describe, expect, it } from 'vitest'
import { notebookText } from '../../../src/stacks/markdown.ts'
import { isNotebook, notebook } from '../../../src/stacks/notebook.ts'
import { attributeRows, nameRows, readAs } from '../written.ts'

const code = (...cells: readonly string[]) =>
  `{"cells": [\n${cells.map(source => `{"cell_type": "code", "source": ${JSON.stringify(source)}}`).join(',\n')}\n]}`
const rows = (...cells: readonly string[]) => attributeRows(readAs(notebook, 'a.ipynb', code(...cells)))
const names = (...cells: readonly string[]) => nameRows(readAs(notebook, 'a.ipynb', code(...cells)))
const register = 'zenml alerter register s --flavor=slack'

describe('the commands of a notebook', () => {
  it.each([
    ['doubled braces, which IPython undoes', '--a={{{{x.y}}}}', '{{x.y}} 2:79-2:90'],
    ['braces that do not reach ZenML', '--a={{x.y}}', '{x.y} 2:79-2:86'],
    ['braces in a command that IPython cannot format', '--b={ --a={{x.y}}', '{{x.y}} 2:85-2:92'],
    ['a variable', '--a={uri}', '${{_}} 2:79-2:84 templated'],
    ['a variable in a reference', "--a='{{{{{n}.k}}}}'", '{{{{{n}.k}}}} 2:80-2:93 templated'],
  ])('are read as IPython hands them on: %s', (_, option, expected) => {
    expect(rows(`!${register} ${option}`).filter(row => row.startsWith('s.a'))).toEqual([`s.a=${expected}`])
  })

  it('leave the braces of a shell cell alone', () => {
    expect(rows(`%%bash\n${register} --a={{x.y}}\n`)).toEqual(['s.a={{x.y}} 2:86-2:93'])
  })

  it('are found behind a name, a double mark and a magic, and go on behind a backslash', () => {
    const found = names(
      'x = !zenml secret create a --k=v\n!!zenml secret create b --k=v\n%sx zenml secret create \\\n c --k=v',
    )
    expect(found.map(row => row.split(' ')[0])).toEqual(['a(k)', 'b(k)', 'c(k)'])
  })
})

describe('the Python of a notebook', () => {
  it('is one program of all cells, commands and magics taken out', () => {
    const found = names(
      'from zenml.client import Client\n%matplotlib inline\nif True:\n    !ls\nc = Client()',
      "%%html\n<b>it's</b>",
      's = c.get_secret("x")\nl = !ls',
      '%%time\ns.secret_values["k"]',
    )
    expect(found).toEqual(['x.k 4:53-4:54'])
  })

  it('has its exact place behind escapes', () => {
    const content = code('from zenml.client import Client\nx = "\té"; Client().get_secret("n").secret_values["k"]')
    const file = readAs(notebook, 'a.ipynb', content)
    const { start, end } = file?.secrets?.[0]?.place.span ?? {
      start: { line: 0, column: 0 },
      end: { line: 0, column: 0 },
    }
    expect(content.split('\n')[start.line - 1]?.slice(start.column - 1, end.column - 1)).toMatch(/^[nk]$/)
  })
})

describe('a notebook', () => {
  it('is read in the old layout too', () => {
    const content = '{"worksheets": [{"cells": [{"cell_type": "code", "input": ["!zenml secret create x --a=b"]}]}]}'
    expect(nameRows(readAs(notebook, 'a.ipynb', content))).toEqual(['x(a) 1:82-1:83'])
  })

  it('shows its text cells as documentation, and no code among them', () => {
    const content = `{"cells": [{"cell_type": "markdown", "source": ["\`\`\`sh\\n", "zenml secret create x --a=b\\n", "\`\`\`"]}, {"cell_type": "code", "source": "!zenml secret create y --a=b"}]}`
    const file = readAs(notebookText, 'a.ipynb', content)
    expect([nameRows(file), file?.isDocumentation]).toEqual([['x(a) 1:81-1:82'], true])
  })

  it.each(['', '{', '[1]', '{"a": 1}', `${'['.repeat(1000)}`, '{"cells": "x"'])('that is none says so: %s', content => {
    const problems = readAs(notebook, 'a.ipynb', content)?.problems ?? []
    expect(problems.map(({ message }) => message)).toEqual([
      'This is not a notebook: its text is not JSON, is nested too deep or holds no cells.',
    ])
  })

  it('is known by the name inside a template', () => {
    expect(isNotebook('a/{% if x %}b.ipynb{% endif %}')).toBe(true)
  })
})
