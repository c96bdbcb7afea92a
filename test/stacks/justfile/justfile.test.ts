import { describe, expect, it } from 'vitest'
import { justfile } from '../../../src/stacks/justfile.ts'
import { attributeRows, nameRows, readAs } from '../written.ts'

const register = 'zenml alerter register s --flavor=slack'
const rows = (content: string) => attributeRows(readAs(justfile, 'justfile', content))

describe('a justfile', () => {
  it('writes two braces as four, of which the inner two are the reference', () => {
    expect(rows(`a:\n  @${register} --a='{{{{x.y}}'\n`)).toEqual(['s.a={{x.y}} 2:51-2:58'])
  })

  it('has closing braces of its own only inside an interpolation', () => {
    expect(rows(`a:\n  ${register} --a='{{{{x.y}}}}'\n`)).toEqual(['s.a={{x.y}}}} 2:50-2:59'])
  })

  it('takes two braces for its own', () => {
    expect(rows(`a:\n  ${register} --a={{x.y}}\n`)).toEqual(['s.a=${{_}} 2:47-2:54 templated'])
  })

  it.each([
    ["n := 'db'", '{{db.k}}', ''],
    ['n := "db" # c', '{{db.k}}', ''],
    ['n := env("N", "db")', '{{db.k}}', ''],
    ['n := `id`', '{{{{n}}.k}}', ' templated'],
    ['n := a + "b"', '{{{{n}}.k}}', ' templated'],
    ['', '{{{{n}}.k}}', ' templated'],
  ])('knows its variables as far as they are plain: %s', (assignment, value, flag) => {
    expect(rows(`${assignment}\na:\n  ${register} --a='{{{{{{n}}.k}}'\n`)).toEqual([`s.a=${value} 3:50-3:61${flag}`])
  })

  it('takes no variable for what a recipe calls a parameter', () => {
    expect(rows(`n := 'db'\na n='x':\n  ${register} --a='{{{{{{n}}.k}}'\n`)[0]).toContain('templated')
  })

  it('runs bodies with an interpreter as a whole, in shell and in Python', () => {
    const python = 'from zenml.client import Client\n  Client().get_secret("x").secret_values["k"]\n'
    const content = `a:\n  #!/bin/bash\n  n=db\n  ${register} --a="{{{{$n.k}}"\nb:\n  #!/usr/bin/env python3\n  ${python}`
    expect(rows(content)).toEqual(['s.a={{db.k}} 4:50-4:58'])
    expect(nameRows(readAs(justfile, 'justfile', content))).toEqual(['x.k 8:24-8:25'])
  })

  it('goes on with the next line behind a backslash', () => {
    expect(rows(`a:\n    ${register} \\\n        --a='{{{{x.y}}'\n`)).toEqual(['s.a={{x.y}} 3:16-3:23'])
  })
})
