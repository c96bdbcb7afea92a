import { describe, expect, it } from 'vitest'
import { onlyStack, read, row } from './read.ts'

function rowsByComponent(content: string) {
  return onlyStack(content).components.map(({ type, name, attributes }) => [type, name, attributes.map(row)])
}

describe('a stack file written by hand', () => {
  it('may share a value by an anchor: each component has it at the place of the anchor', () => {
    const content = [
      'x-password: &pw "{{a.b}}"',
      'components:',
      '  alerter: {flavor: f, name: a, tok: *pw}',
      '  experiment_tracker:',
      '    configuration: {user: *pw, pw: *pw, kw: [*pw, *pw]}',
      '    flavor: g',
      '    name: b',
      'stack_name: s',
    ].join('\n')
    expect(rowsByComponent(content)).toEqual([
      ['alerter', 'a', ['tok="{{a.b}}" 1:18-1:25']],
      ['experiment_tracker', 'b', ['user="{{a.b}}" 1:18-1:25', 'pw="{{a.b}}" 1:18-1:25', 'kw/0="{{a.b}}" 1:18-1:25']],
    ])
  })

  it('may share a configuration, a component and all components', () => {
    const content = [
      'x: &conf {pw: "{{a.b}}"}',
      'y: &comp {flavor: f, name: n, configuration: *conf}',
      'z: &all {alerter: *comp, annotator: [*comp, *comp]}',
      'components: *all',
      'stack_name: s',
    ].join('\n')
    const attributes = ['pw="{{a.b}}" 1:16-1:23']
    expect(rowsByComponent(content)).toEqual([
      ['alerter', 'n', attributes],
      ['annotator', 'n', attributes],
      ['annotator', 'n', attributes],
    ])
  })

  it('may merge maps: what is merged stands where its anchor stands, and own entries win', () => {
    const content = [
      'x: &base {pw: "{{a.b}}", user: u}',
      'y: &comp {flavor: f, configuration: {<<: *base, user: "{{c.d}}"}}',
      'components:',
      '  alerter: {<<: *comp, name: a}',
      '  annotator: {flavor: g, name: b, <<: *base}',
      'stack_name: s',
    ].join('\n')
    expect(rowsByComponent(content)).toEqual([
      ['alerter', 'a', ['pw="{{a.b}}" 1:16-1:23', 'user="{{c.d}}" 2:56-2:63']],
      // Beside the record's own keys: `user` is one of them in flat layouts.
      ['annotator', 'b', ['pw="{{a.b}}" 1:16-1:23']],
    ])
  })

  it('may hold several documents and programs, each of which may be a stack', () => {
    const file = read(
      'kind: Deployment\n---\nstack_name: a\ncomponents: {alerter: {flavor: f, tok: "{{a.b}}"}}\n---\n# nothing\n---\nstack_name: b\ncomponents: {alerter: [{flavor: f}]}\n',
    )
    expect(file?.stacks.map(({ name, place }) => [name, 'span' in place && place.span.start.line])).toEqual([
      ['a', 3],
      ['b', 8],
    ])
    expect(file?.problems).toEqual([])
  })

  it('may be a list of stacks', () => {
    const file = read(
      '- stack_name: a\n  components: {alerter: {flavor: f}}\n- {stack_name: b, components: {alerter: {flavor: g}}}\n',
    )
    expect(file?.stacks.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('may repeat a type and the components', () => {
    const content =
      'components:\n  alerter: {flavor: f, name: a}\n  alerter: {flavor: f, name: b}\ncomponents:\n  alerter: {flavor: f, name: c}\nstack_name: s\n'
    expect(onlyStack(content).components.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it.each([
    [
      'JSON on one line',
      '{"components": {"alerter": {"flavor": "f", "name": "a", "tok": "{{a.b}}"}}, "stack_name": "s"}',
      '1:65-1:72',
    ],
    [
      'JSON with tabs',
      '{\n\t"components": {\n\t\t"alerter": {\n\t\t\t"flavor": "f", "name": "a",\n\t\t\t"tok": "{{a.b}}"\n\t\t}\n\t},\n\t"stack_name": "s"\n}',
      '5:12-5:19',
    ],
    [
      'a byte-order mark',
      '\uFEFFcomponents: {alerter: {flavor: f, name: a, tok: "{{a.b}}"}}\nstack_name: s',
      '1:50-1:57',
    ],
    [
      'CRLF',
      'components:\r\n  alerter:\r\n    flavor: f\r\n    name: a\r\n    tok: "{{a.b}}"\r\nstack_name: s\r\n',
      '5:11-5:18',
    ],
    ['CR', 'components:\r  alerter:\r    flavor: f\r    name: a\r    tok: "{{a.b}}"\rstack_name: s\r', '5:11-5:18'],
    [
      'a document marker and a directive',
      '%YAML 1.1\n---\nstack_name: s\ncomponents: {alerter: {flavor: f, name: a, tok: "{{a.b}}"}}\n...\n',
      '4:50-4:57',
    ],
    [
      'tags that would run code',
      '!!python/object:x.Y\nstack_name: s\ncomponents: {alerter: !!js/function {flavor: f, name: a, tok: !!python/name:os.system "{{a.b}}"}}',
      '3:88-3:95',
    ],
    [
      'other keys at the top',
      'version: 2\ncomponents: {alerter: {flavor: f, name: a, tok: "{{a.b}}"}}\nnotes: {components: 1}\nstack_name: s',
      '2:50-2:57',
    ],
  ])('may come as %s', (_, content, place) => {
    expect(rowsByComponent(content)).toEqual([['alerter', 'a', [`tok="{{a.b}}" ${place}`]]])
  })

  it.each([
    ['a reference in a comment', "    # pw: '{{a.b}}'\n"],
    ['a reference after a value', "    pw: x # '{{a.b}}'\n"],
  ])('gives no attribute for %s', (_, line) => {
    const content = `components:\n  alerter:\n    flavor: f\n${line}stack_name: s\n`
    expect(JSON.stringify(onlyStack(content).components)).not.toContain('{{')
  })

  it.each([
    ['quoted', 'stack_name: "s"', 's'],
    ['a number', 'stack_name: 012', '012'],
    ['missing', 'other: 1', undefined],
    ['null', 'stack_name:', undefined],
    ['braces of a template', 'stack_name: {{ cookiecutter.name }}', '{{ cookiecutter.name }}'],
  ])('may have a name that is %s', (_, line, name) => {
    expect(onlyStack(`${line}\ncomponents: {alerter: {flavor: f}}\n`).name).toBe(name)
  })

  it.each([
    ['0.30', '0.30'],
    ['"0.98.0"', '0.98.0'],
    ['0.98.0', '0.98.0'],
    ['~', undefined],
  ])('may have the version %s', (written, version) => {
    expect(onlyStack(`zenml_version: ${written}\ncomponents: {alerter: {flavor: f}}\n`).zenmlVersion).toBe(version)
  })
})
