import { describe, expect, it } from 'vitest'
import { onlyComponent, onlyStack, read, row } from './read.ts'

const tail = '\nstack_name: s\nzenml_version: 0.50.0\n'

/** The rows of the only component of a stack with this experiment tracker. */
function rows(component: string): readonly string[] {
  return onlyComponent(`components:\n  experiment_tracker:\n${component}${tail}`).attributes.map(row)
}

describe('a stack export', () => {
  it('is read into its stack, components and attributes, all with their places', () => {
    const content =
      "components:\n  alerter:\n  - configuration:\n      tok: '{{a.b}}'\n    flavor: slack\n    name: slk\n    id: 7\nstack_name: ci\nzenml_version: 0.98.0\n"
    expect(read(content)).toEqual({
      source: expect.objectContaining({ path: 'stack.yaml', content }),
      stacks: [
        {
          name: 'ci',
          zenmlVersion: '0.98.0',
          place: { file: 'stack.yaml', span: { start: { line: 8, column: 13 }, end: { line: 8, column: 15 } } },
          components: [
            {
              type: 'alerter',
              name: 'slk',
              flavor: 'slack',
              id: '7',
              place: { file: 'stack.yaml', span: { start: { line: 6, column: 11 }, end: { line: 6, column: 14 } } },
              attributes: [
                {
                  path: ['tok'],
                  value: '{{a.b}}',
                  place: { file: 'stack.yaml', span: { start: { line: 4, column: 13 }, end: { line: 4, column: 20 } } },
                  range: { start: 54, end: 61 },
                },
              ],
              nameAttribute: undefined,
            },
          ],
        },
      ],
      problems: [],
    })
    expect(content.slice(54, 61)).toBe('{{a.b}}')
  })

  it.each([
    ['flat', '    flavor: mlflow\n    name: m\n    pw: x\n    user: u\n    uuid: v\n    is_shared: true\n'],
    [
      'under configuration',
      '    configuration:\n      pw: x\n    flavor: mlflow\n    name: m\n    type: experiment_tracker\n',
    ],
    [
      'with ids and owner',
      '    configuration: {pw: x}\n    flavor: mlflow\n    id: i\n    is_shared: false\n    name: m\n    user: u\n',
    ],
    ['in a list', '  - configuration: {pw: x}\n    flavor: mlflow\n    name: m\n'],
    [
      'with the flavor as a map',
      '  - configuration: {pw: x}\n    flavor: {id: i, name: mlflow, type: experiment_tracker}\n    name: m\n',
    ],
    [
      'with a comment and another order',
      '    name: m # c\n    # d\n    configuration:\n      # e\n      pw: x\n    flavor: mlflow\n',
    ],
    [
      'with things that ZenML does not read',
      '    configuration: {pw: x}\n    flavor: mlflow\n    name: m\n    labels: {a: b}\n    description: c\n',
    ],
  ])('may hold a component %s', (_, component) => {
    const { type, name, flavor, attributes } = onlyComponent(`components:\n  experiment_tracker:\n${component}${tail}`)
    expect({ type, name, flavor, attributes: attributes.map(({ path, value }) => [path, value]) }).toEqual({
      type: 'experiment_tracker',
      name: 'm',
      flavor: 'mlflow',
      attributes: [[['pw'], 'x']],
    })
  })

  it.each([
    ['no attribute of an empty configuration', '    configuration: {}\n    flavor: f\n    pw: x\n', []],
    ['no attribute of a configuration of null', '    configuration:\n    flavor: f\n    pw: x\n', []],
    [
      'braces beside the configuration',
      "    configuration: {a: b}\n    flavor: f\n    pw: '{{a.b}}'\n",
      ['a="b" 3:24-3:25', 'pw="{{a.b}}" 5:10-5:17'],
    ],
    [
      'a configuration that is a text',
      "    configuration: '{{a.b}}'\n    pw: x\n",
      ['configuration="{{a.b}}" 3:21-3:28', 'pw="x" 4:9-4:10'],
    ],
    ['a configuration that is a list', '    configuration: [x]\n', ['configuration/0="x" 3:21-3:22']],
    [
      'both of two configurations',
      '    configuration: {pw: x}\n    configuration: {pw: y}\n',
      ['pw="x" 3:25-3:26', 'pw="y" 4:25-4:26'],
    ],
    [
      'both of two equal keys',
      "    configuration:\n      pw: '{{a.b}}'\n      pw: '{{c.d}}'\n",
      ['pw="{{a.b}}" 4:12-4:19', 'pw="{{c.d}}" 5:12-5:19'],
    ],
    [
      'null, numbers and booleans',
      '    configuration: {a: null, b: ~, c: 1, d: yes, e: "yes", f: }\n',
      [
        'a=null 3:24-3:28',
        'b=null 3:33-3:34',
        'c=1 3:39-3:40',
        'd=true 3:45-3:48',
        'e="yes" 3:54-3:57',
        'f=null 3:63-3:63',
      ],
    ],
    [
      'nested maps and lists',
      "    configuration:\n      kw: {h: {x: '{{a.b}}'}, l: [1, ['{{c.d}}']]}\n      t: []\n",
      ['kw/h/x="{{a.b}}" 4:20-4:27', 'kw/l/0=1 4:35-4:36', 'kw/l/1/0="{{c.d}}" 4:40-4:47'],
    ],
    [
      'references as keys',
      "    configuration:\n      '{{a.b}}': x\n      kw: {\"{{c.d}}\": y, ? [1, '{{e.f}}'] : z}\n",
      [
        '{{a.b}}="{{a.b}}" 4:8-4:15 key',
        '{{a.b}}="x" 4:18-4:19',
        'kw/{{c.d}}="{{c.d}}" 5:13-5:20 key',
        'kw/{{c.d}}="y" 5:23-5:24',
        'kw/[1, \'{{e.f}}\']="{{e.f}}" 5:33-5:40 key',
        'kw/[1, \'{{e.f}}\']="z" 5:45-5:46',
      ],
    ],
    [
      'names that JavaScript objects have',
      '    configuration: {__proto__: {constructor: x}, toString: y}\n',
      ['__proto__/constructor="x" 3:46-3:47', 'toString="y" 3:60-3:61'],
    ],
  ])('gives %s', (_, component, expected) => {
    expect(rows(component)).toEqual(expected)
  })

  const scalars: readonly [string, string, string][] = [
    ['plain', 'v: x{{a.b}} # c', '"x{{a.b}}" 4:10-4:18'],
    ['plain over two lines', 'v: x\n        y', '"x y" 4:10-5:10'],
    ['single quotes', "v: '{{a.b}}'", '"{{a.b}}" 4:11-4:18'],
    ['double quotes', 'v: "{{a.b}}"', '"{{a.b}}" 4:11-4:18'],
    ['escapes', 'v: "\\u007b\\x7bcaf\\xE9.b}}"', '"{{café.b}}" 4:11-4:32'],
    ['characters beyond 16 bits', "v: ['😀', '{{a.b}}']", '"😀" 4:12-4:14'],
    ['a literal', 'v: |\n        {{a.b}}', '"{{a.b}}\\n" 5:9-5:16'],
    ['a stripped literal', 'v: |- # {{x.y}}\n        {{a.b}}', '"{{a.b}}" 5:9-5:16'],
    ['a folded text', 'v: >\n\n        {{a.b}}', '"\\n{{a.b}}\\n" 6:9-6:16'],
    ['a stripped folded text over lines', 'v: >-\n        {{a.\n        b}}', '"{{a. b}}" 5:9-6:12'],
    ['blanks around', "v: ' {{a.b}}'", '" {{a.b}}" 4:11-4:19'],
    ['two references', "v: '{{a.b}}{{c.d}}'", '"{{a.b}}{{c.d}}" 4:11-4:25'],
    ['an anchor and a tag', "v: &x !!str '{{a.b}}'", '"{{a.b}}" 4:20-4:27'],
    ['a placeholder', `v: $\{VAR}`, `"$\{VAR}" 4:10-4:16`],
  ]

  it.each(scalars)('gives the exact content of %s', (_, entry, expected) => {
    const [first] = rows(`    configuration:\n      ${entry}\n`)
    expect(first?.replace(/^v(?:\/0)?=/, '')).toBe(expected)
  })

  it.each([
    ['as a value', 'v: {{a.b}}', ['v="{{a.b}}" 4:10-4:17 unquoted']],
    ['with blanks', 'v: {{ a.b }} # c', ['v="{{ a.b }}" 4:10-4:19 unquoted']],
    ['with a blank between the braces', 'v: { {a.b} }', ['v="{ {a.b} }" 4:10-4:19 unquoted']],
    ['in a list', 'v: [{{a.b}}, {{c.d}}]', ['v/0="{{a.b}}" 4:11-4:18 unquoted', 'v/1="{{c.d}}" 4:20-4:27 unquoted']],
    ['in a block list', 'v:\n      - {{a.b}}', ['v/0="{{a.b}}" 5:9-5:16 unquoted']],
    ['in a flow map', 'v: {w: {{a.b}}, x: y}', ['v/w="{{a.b}}" 4:14-4:21 unquoted', 'v/x="y" 4:26-4:27']],
    ['as a key', '{{a.b}}: v', ['{{a.b}}="{{a.b}}" 4:7-4:14 key unquoted', '{{a.b}}="v" 4:16-4:17']],
    ['with three braces', 'v: {{{a.b}}}', ['v="{{{a.b}}}" 4:10-4:19 unquoted']],
    [
      'with an anchor',
      'v: &x {{a.b}}\n      w: *x',
      ['v="{{a.b}}" 4:13-4:20 unquoted', 'w="{{a.b}}" 4:13-4:20 unquoted'],
    ],
    ['with nothing in it', 'v: {{}}', ['v="{{}}" 4:10-4:14 unquoted']],
  ])('tells of braces without quotes %s', (_, entry, expected) => {
    expect(rows(`    configuration:\n      ${entry}\n`)).toEqual(expected)
  })

  it('takes a map with a map as its key for a map where it is not braces', () => {
    expect(rows('    configuration: {kw: {{a: b}: c}}\n')).toEqual(['kw/{a: b}="c" 3:34-3:35'])
  })

  it.each([
    ['in quotes', "'{{a.b}}'", '{{a.b}}', { path: ['name'], value: '{{a.b}}', range: { start: 48, end: 55 } }],
    [
      'without quotes',
      '{{a.b}}',
      '{{a.b}}',
      { path: ['name'], value: '{{a.b}}', unquoted: true, range: { start: 47, end: 54 } },
    ],
    ['inside other text', 'x{{a.b}}', 'x{{a.b}}', { path: ['name'], value: 'x{{a.b}}', range: { start: 47, end: 55 } }],
    ['not at all', 'x', 'x', undefined],
    ['a number', '007', '007', undefined],
    ['null', '~', undefined, undefined],
  ])('gives the name of a component that holds braces %s', (_, written, name, attribute) => {
    const component = onlyComponent(`components:\n  alerter:\n    flavor: f\n    name: ${written}${tail}`)
    expect(component.name).toBe(name)
    if (attribute === undefined) expect(component.nameAttribute).toBeUndefined()
    else expect(component.nameAttribute).toEqual({ ...attribute, place: expect.anything() })
    if (attribute) expect(component.nameAttribute?.place).toEqual(component.place)
  })

  it('lets the last of two names, flavors and ids win', () => {
    const { name, flavor, id } = onlyComponent(
      `components:\n  alerter: {name: a, name: b, flavor: c, flavor: d, id: e, id: f}${tail}`,
    )
    expect([name, flavor, id]).toEqual(['b', 'd', 'f'])
  })

  it('gives the whole component and the whole stack as places where they have no names', () => {
    const stack = onlyStack('components:\n  alerter:\n    flavor: f\n    tok: x\nzenml_version: 0.13.2\n')
    expect(stack.place).toEqual({
      file: 'stack.yaml',
      span: { start: { line: 1, column: 1 }, end: { line: 5, column: 22 } },
    })
    expect(stack.components[0]?.place).toEqual({
      file: 'stack.yaml',
      span: { start: { line: 3, column: 5 }, end: { line: 4, column: 11 } },
    })
  })

  it('passes over components that are null or texts', () => {
    const stack = onlyStack(
      `components:\n  alerter: null\n  orchestrator: local\n  annotator: [null, x, {flavor: f, name: n}]${tail}`,
    )
    expect(stack.components.map(({ type, name }) => [type, name])).toEqual([['annotator', 'n']])
  })

  it('reads a component of a type it does not know, beside known ones', () => {
    const stack = onlyStack(
      `components:\n  orchestrator: {flavor: local}\n  time_machine: {flavor: f, tok: '{{a.b}}'}${tail}`,
    )
    expect(stack.components.map(({ type, attributes }) => [type, attributes.map(row)])).toEqual([
      ['orchestrator', []],
      ['time_machine', ['tok="{{a.b}}" 3:35-3:42']],
    ])
  })

  it('reads a list of components that say their types themselves', () => {
    const stack = onlyStack(
      `components:\n- {type: alerter, flavor: f, name: a}\n- {type: orchestrator, flavor: g, name: b}${tail}`,
    )
    expect(stack.components.map(({ type, name }) => [type, name])).toEqual([
      ['alerter', 'a'],
      ['orchestrator', 'b'],
    ])
  })
})
