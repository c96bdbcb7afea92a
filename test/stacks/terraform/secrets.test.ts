import { describe, expect, it } from 'vitest'
import { readTerraformText } from './generate.ts'
import { secretsOf } from './show.ts'

function withValues(values: string): string {
  return `resource "zenml_secret" "x" {\n  name = "db"\n  values = ${values}\n}\nlocals {\n  all = { a = 1 }\n  key = "k"\n}\n`
}

describe('a secret in Terraform', () => {
  it('is a definition, at its name', () => {
    const file = readTerraformText(
      'resource "zenml_secret" "x" {\n  name    = "oauth"\n  private = false\n  values = {\n    id = var.id\n    "key" = var.key\n  }\n}\n',
    )
    expect(file?.definitions).toEqual([
      {
        name: 'oauth',
        keys: new Set(['id', 'key']),
        place: { file: 'main.tf', span: { start: { line: 2, column: 14 }, end: { line: 2, column: 19 } } },
      },
    ])
  })

  it.each([
    ['an object', '{ a = 1, b = var.b }', ['a', 'b']],
    ['nothing', '{}', []],
    ['a nested object', '{ a = jsonencode({ b = 1 }) }', ['a']],
    ['merged objects', 'merge({ a = 1 }, { b = 2 })', ['a', 'b']],
    ['a local', 'local.all', ['a']],
    ['a computed key that the file resolves', '{ (local.key) = 1 }', ['k']],
    ['a computed key', '{ (var.key) = 1 }', 'unknown'],
    ['a variable', 'var.values', 'unknown'],
    ['a merge with a variable', 'merge({ a = 1 }, var.more)', 'unknown'],
    ['a `for`', '{ for k, v in var.all : k => v }', 'unknown'],
  ] as const)('has the keys of %s', (_, values, keys) => {
    expect(secretsOf(withValues(values))).toEqual([['db', keys]])
  })

  it('has unknown keys without values, and is none where its name is not known', () => {
    expect(secretsOf('resource "zenml_secret" "x" {\n  name = "db"\n}')).toEqual([['db', 'unknown']])
    expect(secretsOf('resource "zenml_secret" "x" {\n  name = each.key\n  values = {}\n}')).toEqual([])
  })
})
