import { describe, expect, it } from 'vitest'
import type { Attribute } from '../../src/stacks/stack.ts'
import { sourceText } from '../../src/text/source.ts'
import { collectUses } from '../../src/validation/collect.ts'
import { at, component, file } from './stack-file.ts'

const source = sourceText('stack.yaml', "password: hunter2\nstack_name: 'prod' # hunter2\nx: '{{ a.b }}'\n")
const attribute: Attribute = {
  path: ['x'],
  value: '{{ a.b }}',
  place: at(3, 5, 14),
  range: { start: source.content.indexOf('{{'), end: source.content.indexOf('}}') + 2 },
}

describe('what is collected of a file', () => {
  it('is one entry for each stack, each by its own version', () => {
    const [stack] = file(source, [component([attribute])]).stacks
    if (!stack) throw new Error('no stack')
    const stacks = [stack, { ...stack, name: 'old', zenmlVersion: '0.22.0' }, { ...stack, components: [] }]
    const collected = collectUses({ source, stacks, problems: [] })
    expect(collected.map(({ stack, uses, findings }) => [stack?.name, uses.length, findings.length])).toEqual([
      ['prod', 1, 0],
      ['old', 0, 1],
      ['prod', 0, 0],
    ])
    expect(collected.map(({ stack: read }) => read)).toEqual(stacks)
  })

  it('names the file and shows the stack’s name, with nothing beside it', () => {
    const [collected] = collectUses(file(source, [], { place: at(2, 14, 18) }))
    expect(collected?.file).toBe('stack.yaml')
    expect(collected?.excerpt).toEqual({ before: "stack_name: '", marked: 'prod', after: "' …" })
  })

  it('shows no line of a stack without a name', () => {
    const [collected] = collectUses(file(source, [], { name: undefined, place: at(1, 1, 15, 3) }))
    expect(collected?.excerpt).toBeUndefined()
  })

  it('keeps components and attributes in the order of the file', () => {
    const second = { ...attribute, path: ['y'], value: '{{c.d}}' }
    const components = [component([attribute, second]), component([attribute])]
    const [collected] = collectUses(file(source, components))
    expect(collected?.uses.map(({ secret, attribute: name }) => [secret, name])).toEqual([
      ['a', 'x'],
      ['c', 'y'],
      ['a', 'x'],
    ])
  })

  it('takes the catalog of the version: secret names and sensitive attributes of the old one', () => {
    const label = { type: 'annotator', name: 'l', flavor: 'label_studio' }
    const attributes = [
      { ...attribute, path: ['authentication_secret'], value: 'label' },
      { ...attribute, path: ['api_key'], value: 'hunter2' },
    ]
    const components = [{ ...component(attributes), ...label }]
    const collect = (zenmlVersion: string | undefined) =>
      collectUses(file(source, components, { zenmlVersion })).map(({ uses, findings }) => [
        uses.map(({ key }) => key),
        findings.map(({ kind }) => kind),
      ])
    expect(collect('0.52.0')).toEqual([[[null], []]])
    expect(collect('0.53.0')).toEqual([[['api_key'], ['plaintext-secret']]])
    expect(collect(undefined)).toEqual(collect('0.98.0'))
  })
})
