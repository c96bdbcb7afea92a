import { describe, expect, it } from 'vitest'
import { carriesMarks } from '../../src/stacks/marks.ts'

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
