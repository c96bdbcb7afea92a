import { describe, expect, it } from 'vitest'
import { stackExport } from '../../src/stacks/export.ts'
import { read } from './read.ts'

describe('stackExport.matchesPath', () => {
  it.each(['a.yaml', 'a/b.yml', 'A.YAML', 'b.Yml', 'c.json', '.yaml'])('takes %s', path => {
    expect(stackExport.matchesPath(path)).toBe(true)
  })

  it.each(['a.yaml.j2', 'yaml', 'a.toml', 'a.py', 'a.jsonl', ''])('does not take %s', path => {
    expect(stackExport.matchesPath(path)).toBe(false)
  })
})

describe('stackExport.matchesText', () => {
  it.each(['components: 1\nstack_name: 2', '"zenml_version" "components"', 'flavor: components'])('takes %j', text => {
    expect(stackExport.matchesText(text)).toBe(true)
  })

  it.each(['', 'components:', 'stack_name: a', 'component: flavor'])('does not take %j', text => {
    expect(stackExport.matchesText(text)).toBe(false)
  })
})

describe('stackExport.read', () => {
  it.each([
    ['all marks', 'stack_name: s\nzenml_version: 0.1\ncomponents: {alerter: {flavor: f}}'],
    ['no version', 'stack_name: s\ncomponents: {alerter: {flavor: f}}'],
    ['no name', 'zenml_version: 0.1\ncomponents: {alerter: {flavor: f}}'],
    ['neither', 'components: {alerter: {flavor: f}, orchestrator: [{flavor: g}]}'],
    ['no flavor', 'zenml_version: 0.1\ncomponents: {alerter: {tok: x}}'],
    ['no flavor in one of two', 'stack_name: s\ncomponents: {alerter: {tok: x}, annotator: {flavor: f}}'],
    ['null in name and version', 'stack_name:\nzenml_version:\ncomponents: {alerter: {flavor: f}}'],
    ['no components', 'stack_name: s\nzenml_version: 0.1\ncomponents: {}'],
    ['null components', 'zenml_version: 0.1\ncomponents:'],
    ['a list without version', 'stack_name: s\ncomponents: [{type: alerter, flavor: f}]'],
    ['an unreadable flavor', 'stack_name: s\ncomponents: {alerter: {flavor: }}'],
    ...[
      'alerter',
      'annotator',
      'artifact_store',
      'container_registry',
      'data_validator',
      'deployer',
      'experiment_tracker',
      'feature_store',
      'image_builder',
      'log_store',
      'metadata_store',
      'model_deployer',
      'model_registry',
      'orchestrator',
      'sandbox',
      'secrets_manager',
      'step_operator',
    ].map(type => [`the type ${type}`, `components: {${type}: {flavor: f}}`]),
  ])('knows a stack with %s', (_, content) => {
    expect(read(content)?.stacks).toHaveLength(1)
  })

  it.each([
    ['an empty file', ''],
    ['comments', '# components\n# stack_name'],
    ['a marker', '---'],
    ['null', 'null'],
    ['a text', 'components stack_name'],
    ['a list', '- components\n- stack_name'],
    ['a number', '1'],
    [
      'an API description',
      'openapi: 3.1.0\ncomponents:\n  schemas:\n    Pet: {type: object, properties: {flavor: {type: string}}}\n  parameters: {}\n',
    ],
    [
      'an API description that has such a word',
      'openapi: 3.1.0\nstack_name: x\ncomponents: {schemas: {orchestrator: {flavor: x}}}',
    ],
    [
      'Dapr',
      'apiVersion: dapr.io/v1alpha1\nkind: Component\ncomponents:\n- name: x\n  type: state.redis\n  flavor: "{{a.b}}"\n',
    ],
    ['a cloud stack', 'stack_name: prod\ncomponents: {terraform: {vpc: {vars: {flavor: "{{a.b}}"}}}}'],
    [
      'services by the same words',
      'stack_name: prod\ncomponents: {orchestrator: {image: "{{a.b}}"}, sandbox: {image: x}}',
    ],
    [
      'known and unknown types without other marks',
      'components: {sandbox: {flavor: m1.small}, web: {flavor: m1.large}}',
    ],
    ['Argo', 'kind: Workflow\nspec: {templates: [{name: "{{inputs.x}}"}]}\ncomponents: 1\nstack_name: 2\n'],
    ['Kestra', 'id: x\ntasks: [{id: y, value: "{{outputs.z}}"}]\ncomponents: a\nflavor: b\n'],
    ['a description of a stack', 'stack_name: s\ncomponents: {alerter: slk, orchestrator: default}'],
    ['a version without components', 'zenml_version: 0.1\nother: components'],
    ['a version alone', 'zenml_version: 0.1\ncomponents: {web: {flavor: f}}'],
    ['a version beside a list of others', 'zenml_version: 0.1\ncomponents: [{type: web, flavor: f}]'],
    ['a version beside a text', 'zenml_version: 0.1\ncomponents: alerter'],
    ['components below another key', 'spec: {stack_name: s, components: {alerter: {flavor: f}}}'],
    [
      'names that JavaScript objects have',
      'stack_name: s\ncomponents: {constructor: {flavor: f}, __proto__: {flavor: f}}',
    ],
  ])('leaves alone %s', (_, content) => {
    expect(read(content)).toBeUndefined()
  })

  it('tells of what it cannot read where a stack is found, at its place', () => {
    const file = read("components:\n  alerter:\n    flavor: f\n    tok: {{a.b}}-x\n    key: '{{c.d}}'\nstack_name: s\n")
    expect(file?.stacks).toHaveLength(1)
    expect(file?.problems).toEqual([
      {
        message: 'This does not belong here: check the indentation, quotes and brackets before it.',
        span: { start: { line: 4, column: 17 }, end: { line: 4, column: 19 } },
      },
    ])
  })

  it('gives the other stacks of a file where one document is broken', () => {
    const file = read(
      'stack_name: a\ncomponents: {alerter: {flavor: f}}\n---\na: b: c\n---\nstack_name: d\ncomponents: {alerter: {flavor: f}}\n',
    )
    expect(file?.stacks.map(({ name }) => name)).toEqual(['a', 'd'])
    expect(file?.problems.map(({ span }) => span.start)).toEqual([{ line: 4, column: 4 }])
  })

  it('gives no stacks but the problem where nothing can be told', () => {
    const file = read(`stack_name: s\ncomponents: ${'['.repeat(100)}`)
    expect(file?.stacks).toEqual([])
    expect(file?.problems).toEqual([
      {
        message: 'Nested deeper than 64 levels.',
        span: { start: { line: 2, column: 76 }, end: { line: 2, column: 76 } },
      },
    ])
  })
})
