import { describe, expect, it } from 'vitest'
import { terraformFile } from '../../../src/stacks/terraform-file.ts'
import { attributesOf, readTerraformText } from './generate.ts'
import { row } from './show.ts'

const open = 'resource "zenml_stack_component" "x" {\n  configuration = '
const whole = `${open}{\n    t = "{{a.b}}"\n  }\n}\n`

function rowsIn(text: string): readonly string[] {
  return attributesOf(readTerraformText(text)).map(row)
}

describe('Terraform that does not parse', () => {
  it.each([
    [
      'a quote that is not closed',
      `${open}{\n    s = "x\n    t = "{{a.b}}"\n  }\n}\n`,
      's="x" 3:10-3:11',
      't="{{a.b}}" 4:10-4:17',
    ],
    [
      'an interpolation that is not closed',
      `${open}{\n    s = "\${x\n    t = "{{a.b}}"\n  }\n}\n`,
      't="{{a.b}}" 4:10-4:17',
    ],
    ['an unknown sign', `${open}{\n    s = ?? ;\n    t = "{{a.b}}"\n  }\n}\n`, 't="{{a.b}}" 4:10-4:17'],
    ['an object that is not closed', `${open}{\n    t = "{{a.b}}"\n`, 't="{{a.b}}" 3:10-3:17'],
    [
      'a half escape',
      `${open}{\n    s = "\\\n    t = "{{a.b}}"\n  }\n}\n`,
      's="\\\\" 3:10-3:11',
      't="{{a.b}}" 4:10-4:17',
    ],
    ['a half here-document', `${whole}locals {\n  x = <<EOT\n{{no.end}}`, 't="{{a.b}}" 3:10-3:17'],
    ['a byte-order mark in the middle', `\uFEFF\uFEFF${whole}`, 't="{{a.b}}" 3:10-3:17'],
  ])('is read around %s', (_, text, ...rows) => {
    expect(rowsIn(text)).toEqual(expect.arrayContaining(rows))
  })

  it('is read from the next block on where a block is not closed', () => {
    expect(rowsIn(`resource "a" "b" {\n  x = 1\n${whole}`)).toEqual(['t="{{a.b}}" 5:10-5:17'])
    expect(rowsIn(`}\n}\n${whole}`)).toEqual(['t="{{a.b}}" 5:10-5:17'])
  })

  it('is left unread below 64 levels, which is said where it holds anything', () => {
    const deep = `${whole}locals {\n  x = ${'['.repeat(100_000)}`
    const file = readTerraformText(deep)
    expect(file?.problems).toEqual([
      {
        message: 'Nested deeper than 64 levels.',
        span: { start: { line: 7, column: 70 }, end: { line: 7, column: 71 } },
      },
    ])
    expect(attributesOf(file)).toHaveLength(1)
    expect(readTerraformText(`x = ${'{'.repeat(100_000)}`)).toBeUndefined()
  })

  it.each([
    '{',
    '(',
    '[',
    '"${',
    '${',
    '"${"',
    '<<A\n',
    '%{if x}',
    '/*',
    '{{',
    'a.',
    'a[',
    'x ? ',
    '"\\',
    '{"a":',
    'merge(',
    '}',
    '#\n',
  ])('takes no more than seconds for a million characters of %j', piece => {
    const filler = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const start = performance.now()
    expect(rowsIn(`${whole}${open}${filler}`)[0]).toBe('t="{{a.b}}" 3:10-3:17')
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('does not multiply what names refer to', () => {
    const doubled = Array.from(
      { length: 5000 },
      (_, index) => `  a${index} = "\${local.a${index + 1}}\${local.a${index + 1}}"`,
    )
    const lists = Array.from({ length: 50 }, (_, index) => `  l${index} = [${`local.l${index + 1}, `.repeat(9)}]`)
    const locals = `locals {\n${[...doubled, ...lists].join('\n')}\n  a5000 = "x"\n  l50 = "{{a.b}}"\n}\n`
    const file = readTerraformText(`${locals}${open}{ t = local.a0, u = local.a4990, v = local.l0 }\n}\n`)
    const [t, u] = attributesOf(file)
    expect([t?.templated, u?.templated, String(u?.value).length]).toEqual([true, undefined, 1024])
    expect(attributesOf(file).length).toBeLessThan(100_000)
  })

  it('never pollutes a prototype', () => {
    rowsIn(
      `locals {\n  __proto__ = { polluted = 1 }\n}\n${open}{ __proto__ = local.__proto__, constructor = { prototype = { polluted = "1" } } }\n}\n`,
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('a Terraform file', () => {
  it.each([
    ['main.tf', true],
    ['infra/stack.TF', true],
    ['main.tofu', true],
    ['main.tf.json', true],
    ['main.tofu.json', true],
    ['{% if aws %}main.tf{% endif %}', true],
    ['main.tfvars', false],
    ['main.tf.md', false],
    ['tf', false],
    ['terraform.tfstate', false],
  ])('is one by its name: %s %s', (path, isOne) => {
    expect(terraformFile.matchesPath(path)).toBe(isOne)
  })

  it('is opened for the word zenml alone', () => {
    expect(terraformFile.matchesText('resource "zenml_secret" "x" {}')).toBe(true)
    expect(terraformFile.matchesText('resource "aws_secret" "x" {}')).toBe(false)
  })

  it('is none of ours without a component, a secret or a stack', () => {
    expect(readTerraformText('provider "zenml" {\n  api_key = "{{a.b}}"\n}\n')).toBeUndefined()
  })

  it('is read as JSON, too', () => {
    const json = `{
  "resource": {
    "zenml_secret": { "db": { "name": "oauth", "values": { "id": "\${var.id}" } } },
    "zenml_stack_component": { "x": [{
      "name": "n", "type": "orchestrator", "flavor": "databricks",
      "configuration": { "id": "{{\${zenml_secret.db.name}.id}}", "key": "{{a.b}}", "on": true }
    }] }
  }
}
`
    const file = readTerraformText(json, 'main.tf.json')
    expect(file?.components?.map(({ type, name, flavor }) => [type, name, flavor])).toEqual([
      ['orchestrator', 'n', 'databricks'],
    ])
    expect(attributesOf(file).map(row)).toEqual([
      'id="{{oauth.id}}" 6:33-6:63',
      'key="{{a.b}}" 6:74-6:81',
      'on=true 6:90-6:94',
    ])
    expect(file?.definitions).toMatchObject([{ name: 'oauth', keys: new Set(['id']) }])
  })
})
