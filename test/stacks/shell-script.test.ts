import { describe, expect, it } from 'vitest'
import { shellScript } from '../../src/stacks/shell-script.ts'
import { sourceText } from '../../src/text/source.ts'

describe('a shell script', () => {
  it.each([
    'setup.sh',
    'a/b/SETUP.SH',
    'x.bash',
    'x.zsh',
    '.envrc',
    'home/.bashrc',
    'docker/entrypoint',
    'a/{% if cookiecutter.x == "y" %}setup.sh{% endif %}',
    '{{ cookiecutter.name }}/run.sh',
  ])('is known by its name: %s', path => {
    expect(shellScript.matchesPath(path)).toBe(true)
  })

  it.each(['setup.py', 'sh', 'x.sh/README.md', 'x.sh.j2', 'x.bat', 'Makefile', '{% if x %}a.py{% endif %}'])(
    'is not what %s names',
    path => {
      expect(shellScript.matchesPath(path)).toBe(false)
    },
  )

  it('is dropped unless it names the program', () => {
    expect(shellScript.matchesText('echo {{a.b}}')).toBe(false)
    expect(shellScript.matchesText('zen stack list')).toBe(true)
  })

  it('is read as a whole', () => {
    const source = sourceText('setup.sh', '#!/bin/sh\nzenml secret create s --k=v\nzenml alerter register a -f slack\n')
    expect(shellScript.read(source)).toEqual({
      source,
      stacks: [],
      components: [
        {
          type: 'alerter',
          name: 'a',
          flavor: 'slack',
          id: undefined,
          place: { file: 'setup.sh', span: { start: { line: 3, column: 24 }, end: { line: 3, column: 25 } } },
          attributes: [],
          nameAttribute: undefined,
        },
      ],
      secrets: [],
      definitions: [
        {
          name: 's',
          keys: new Set(['k']),
          place: { file: 'setup.sh', span: { start: { line: 2, column: 21 }, end: { line: 2, column: 22 } } },
        },
      ],
      problems: [],
    })
  })

  it.each(['zenml init\nzenml stack list\n', 'echo zen\n', ''])(
    "without anything to say is another program's: %j",
    text => {
      expect(shellScript.read(sourceText('setup.sh', text))).toBeUndefined()
    },
  )
})
