import { describe, expect, it } from 'vitest'
import { recipesOf } from '../../../src/stacks/makefile/recipes.ts'
import { makefile } from '../../../src/stacks/makefile.ts'
import { embeddedSlice } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'
import { attributeRows, nameRows, readAs, writtenAs } from '../written.ts'

const recipes = (content: string) => recipesOf(embeddedSlice(sourceText('Makefile', content))).texts
const contents = (content: string) => recipes(content).map(text => text.content)
const rows = (content: string) => attributeRows(readAs(makefile, 'Makefile', content))
const register = 'zenml alerter register s --flavor=slack'

describe('the recipes of a Makefile', () => {
  it.each([
    ['after a tab, without the prefixes of make', 'a:\n\t@-+zenml up\n', ['zenml up\n']],
    ['behind a semicolon', 'a: b ; zenml up\n', [' zenml up\n'.trimStart()]],
    ['as one text where a line goes on', 'a:\n\tzenml \\\n\tup\n', ['zenml \\\nup\n']],
    ['also where a blank follows the backslash', 'a:\n\tzenml \\\t\n\tup\n', ['zenml \\\nup\n']],
    ['as a text of its own for each line', 'a:\n\tzenml up\n\tzenml down\n', ['zenml up\n', 'zenml down\n']],
    ['as one text with .ONESHELL', '.ONESHELL:\na:\n\tzenml up\n\tzenml down\n', ['zenml up\nzenml down\n']],
    ['from what is defined', 'define x\nzenml up\nendef\n', ['zenml up\n']],
    ['with doubled dollars undone', 'a:\n\tzenml $$x\n', ['zenml $x\n']],
    ['with variables of the file', 'A ?= b\nB = $(A)c # d\na:\n\tzenml ${B}\n', ['zenml bc\n']],
    ['with the program in a variable', 'Z := uv run zenml\na:\n\t$(Z) up\n', ['uv run zenml up\n']],
    ['not where a line is no recipe', 'zenml up\nX = zenml up\n# zenml\n', []],
    ['with what is not known filled in', 'a:\n\tzenml $(shell x) $@ $(a)\n', ['zenml ${{_}} ${{_}} ${{_}}\n']],
    ['without following cycles', 'A = $(B)\nB = $(A)\na:\n\tzenml $(A)\n', ['zenml ${{_}}\n']],
    [
      'not knowing what two branches disagree on',
      'ifdef X\nA=1\nelse\nA=2\nendif\na:\n\tzenml $(A)\n',
      ['zenml ${{_}}\n'],
    ],
    ['not knowing what a target sets', 'a: A = 1\na:\n\tzenml $(A)\n', ['zenml ${{_}}\n']],
  ])('are read %s', (_, content, expected) => {
    expect(contents(content)).toEqual(expected)
  })

  it('know where their text is written', () => {
    const [text] = recipes('A = x\na:\r\n\tzenml \\\r\n\t\t$(A) $$y {{a.b}}\r\n')
    expect(text && ['zenml', 'x', '$y', '{{a.b}}'].map(part => writtenAs(text, part))).toEqual([
      'zenml',
      '$(A)',
      '$$y',
      '{{a.b}}',
    ])
  })
})

describe('a Makefile', () => {
  it('shows references, whatever the quotes, at their places', () => {
    const content = `N := db\na:\n\t@${register} --a={{x.y}} --b='{{$(N).k}}' --c='$(URL)' \\\n\t  --d='{{$(M).k}}'\n`
    expect(rows(content)).toEqual([
      's.a={{x.y}} 3:47-3:54',
      's.b={{db.k}} 3:60-3:70',
      's.c=${{_}} 3:77-3:83 templated',
      's.d={{$(M).k}} 4:9-4:19 templated',
    ])
  })

  it('hands exported variables to its shells, and no others', () => {
    const content = `export A := x\nB := y\na:\n\t${register} --a="{{$$A.k}}" --b="{{$$B.k}}"\n`
    expect(rows(content)).toEqual(['s.a={{x.k}} 4:47-4:56', 's.b={{$B.k}} 4:63-4:72 templated'])
  })

  it('shows the names of secrets that it creates, but none that are filled in', () => {
    const content = 'a:\n\tzenml secret create x --a=b\n\tzenml secret create $(NAME) --a=b\n'
    expect(nameRows(readAs(makefile, 'Makefile', content))).toEqual(['x(a) 2:22-2:23'])
  })

  it('without commands of ZenML is nothing', () => {
    expect(readAs(makefile, 'Makefile', 'a:\n\techo zenml\n')).toBeUndefined()
  })

  it.each([
    ['Makefile', true],
    ['sub/GNUmakefile', true],
    ['Makefile.local', true],
    ['rules.mk', true],
    ['{% if make %}Makefile{% endif %}', true],
    ['Makefile.jinja', true],
    ['cmakefile.txt', false],
    ['a.md', false],
  ])('is known by its name: %s is one: %s', (path, expected) => {
    expect(makefile.matchesPath(path)).toBe(expected)
  })
})
