import { describe, expect, it } from 'vitest'
import { carriesMarks, describesApi } from '../../src/stacks/marks.ts'

describe('carriesMarks', () => {
  it.each([
    'components:\nstack_name: x',
    '\uFEFFcomponents:\r\nzenml_version: 1',
    'stack_name : x\rcomponents\t:',
    '{"components": {}, "stack_name": 1',
    "'components':\n'zenml_version': 1",
    'x\n<<<<<<< HEAD\ncomponents: {\n=======\nstack_name: y',
    '# stack_name: no\nxcomponents: no\ncomponents:\nstack_name: yes',
  ])('finds them in %j', content => {
    expect(carriesMarks(content)).toBe(true)
  })

  it.each([
    '',
    'components:',
    'stack_name: x',
    'components:\n  stack_name: x',
    '# components:\n# stack_name: x',
    'components\nstack_name: x',
    'my_components: 1\nmy_stack_name: 2',
    'components_x: 1\nstack_name: 2',
    '"components: 1, "stack_name": 2',
    '- cloudformation:\n    stack_name: "{{ x }}"\ncomponents: 1',
  ])('does not find them in %j', content => {
    expect(carriesMarks(content)).toBe(false)
  })
})

describe('describesApi', () => {
  it.each([
    'openapi: 3.1.0\ninfo: {title: x}\npaths: {}\ncomponents:\n  schemas: {stack_name: {type: string}}',
    '{"openapi":"3.1.0","paths":{},"components":{"schemas":{"flavor":{}}}}',
    '{\n  "swagger": "2.0",\n  "paths": {}}',
  ])('knows one by %j', content => {
    expect(describesApi(content)).toBe(true)
  })

  it.each([
    'components: {}\nstack_name: openapi\nzenml_version: 0.98.0',
    'components:\n  alerter:\n    openapi: 1\n    paths: 2\nstack_name: s',
    'openapi: 1\ncomponents: {}\nstack_name: s',
    `# ${'x'.repeat(1000)}\nopenapi: 1\npaths: {}`,
  ])('takes %j for something else', content => {
    expect(describesApi(content)).toBe(false)
  })
})
