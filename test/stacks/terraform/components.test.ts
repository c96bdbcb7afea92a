import { describe, expect, it } from 'vitest'
import { readTerraform } from '../../../src/stacks/terraform/read-terraform.ts'
import { embeddedPieces } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'
import { componentsOf, row, rowsOf } from './show.ts'

const secret = 'resource "zenml_secret" "db" {\n  name = "oauth"\n  values = {}\n}\n'

describe('a component in Terraform', () => {
  it('has its type, name, flavor and the entries of its configuration', () => {
    const [component, second] = componentsOf(`
# tracking_password = "{{comment.ref}}"
resource "zenml_stack_component" "tracker" {
  name   = "team-mlflow"
  type   = "experiment_tracker"
  flavor = "mlflow"

  configuration = {
    tracking_uri      = "https://mlflow.example"
    tracking_password = "{{mlflow.password}}" // the rest follows
    "tracking_token"  : "{{mlflow.token}}", nested = true
    retries           = 3
    proxy             = null
  }

  connector_id = zenml_service_connector.base.id
  labels       = { owner = "{{label.ref}}" }
}
`)
    expect(second).toBeUndefined()
    expect(component).toMatchObject({
      type: 'experiment_tracker',
      name: 'team-mlflow',
      flavor: 'mlflow',
      id: undefined,
    })
    expect(component?.nameAttribute).toBeUndefined()
    expect(component?.place).toEqual({
      file: 'main.tf',
      span: { start: { line: 4, column: 13 }, end: { line: 4, column: 24 } },
    })
    expect(component?.attributes.map(row)).toEqual([
      'tracking_uri="https://mlflow.example" 9:26-9:48',
      'tracking_password="{{mlflow.password}}" 10:26-10:45',
      'tracking_token="{{mlflow.token}}" 11:26-11:42',
      'nested=true 11:54-11:58',
      'retries=3 12:25-12:26',
      'proxy=null 13:25-13:29',
    ])
  })

  it.each([
    ['a text', '{ t = "{{a.b}}" }', ['t="{{a.b}}" 3:8-3:15']],
    ['nested values', '{ t = { u = ["{{a.b}}"] } }', ['t/u/0="{{a.b}}" 3:15-3:22']],
    ['a value encoded as JSON', '{ t = jsonencode({ u = "{{a.b}}" }) }', ['t/u="{{a.b}}" 3:25-3:32']],
    ['merged objects', 'merge({ t = "{{a.b}}" }, var.more, { u = "x" })', ['t="{{a.b}}" 3:14-3:21', 'u="x" 3:43-3:44']],
    ['either side of a choice', '{ t = var.on ? "{{a.b}}" : "x" }', ['t="{{a.b}}" 3:17-3:24', 't="x" 3:29-3:30']],
    ['a fallback', '{ t = coalesce(var.t, "{{a.b}}") }', ['t="${var.t}" 3:16-3:21 templated', 't="{{a.b}}" 3:24-3:31']],
    ['braces in a key', '{ "{{a.b}}" = 1 }', ['{{a.b}}="{{a.b}}" 3:4-3:11 key', '{{a.b}}=1 3:15-3:16']],
    ['escapes', '{ t = "\\u007b{a.b}}", u = "$${x}\\n" }', ['t="{{a.b}}" 3:8-3:20', 'u="${x}\\n" 3:28-3:35']],
    ['a call over several lines', '{ t = sensitive(\n"{{a.b}}"\n) }', ['t="{{a.b}}" 4:2-4:9']],
    ['a here-document', '{ t = <<EOT\n{{a.b}}\nEOT\n}', ['t="{{a.b}}\\n" 4:1-5:1']],
    ['a trimmed here-document', '{ t = chomp(<<-EOT\n  {{a.b}}\n  EOT\n) }', ['t="{{a.b}}" 3:7-6:2']],
    ['a negative number', '{ t = -1 }', ['t="${-1}" 3:7-3:9 templated']],
    ['an unknown whole', 'var.configuration', []],
    ['what a `for` makes', '{ for k, v in var.all : k => "{{a.${v}}}" }', []],
  ])('shows %s', (_, configuration, rows) => {
    expect(rowsOf(configuration)).toEqual(rows)
  })

  it.each([
    ['format', '{ t = format("{{%s.id}}", zenml_secret.db.name) }', '{{oauth.id}}', '3:7-3:48'],
    ['format with a percent sign', '{ t = format("{{%s.%s%%}}", "a", "b") }', '{{a.b%}}', '3:7-3:38'],
    ['an interpolation', '{ t = "{{${zenml_secret.db.name}.id}}" }', '{{oauth.id}}', '3:8-3:38'],
    ['a counted resource', '{ t = "{{${zenml_secret.db[0].name}.id}}" }', '{{oauth.id}}', '3:8-3:41'],
    ['a local', '{ t = "{{${local.name}.id}}" }', '{{lo.id}}', '3:8-3:28'],
    ['a local of a local', '{ t = "{{${local.other["a"]}.id}}" }', '{{lo.id}}', '3:8-3:34'],
    ['a local that holds the reference', '{ t = local.ref }', '{{wb.key}}', '10:10-10:20'],
    ['a local in quotes', '{ t = "${local.ref}" }', '{{wb.key}}', '10:10-10:20'],
  ])('resolves %s', (_, configuration, value, span) => {
    const locals = 'locals {\n  name = "lo"\n  ref = "{{wb.key}}"\n  other = { a = local.name }\n}\n'
    const [found, second] = rowsOf(configuration, secret.replace('  values = {}\n', '') + locals)
    expect(second).toBeUndefined()
    expect(found).toBe(`t=${JSON.stringify(value)} ${span}`)
  })

  it.each([
    ['a variable, which its default does not settle', '"{{${var.name}.id}}"', '{{${var.name}.id}}'],
    ['a variable for format', 'format("{{%s.id}}", var.name)', '{{${var.name}.id}}'],
    ['another file', '"{{${module.secrets.name}.id}}"', '{{${module.secrets.name}.id}}'],
    ['a key of each', '"{{db.${each.key}}}"', '{{db.${each.key}}}'],
    ['a choice inside', '"{{${var.on ? "a" : "b"}.id}}"', '{{${var.on ? "a" : "b"}.id}}'],
    ['a directive', '"{{%{ if var.on }a%{ endif }.id}}"', '{{%{ if var.on }a%{ endif }.id}}'],
    ['the whole', 'var.name', '${var.name}'],
    ['a local in a circle', 'local.circle', '${local.circle}'],
  ])('says that it cannot resolve %s', (_, written, value) => {
    const others = 'variable "name" {\n  default = "d"\n}\nlocals {\n  circle = local.circle\n}\n'
    const [component] = componentsOf(
      `resource "zenml_stack_component" "x" {\n  configuration = {\n    t = ${written}\n  }\n}\n${others}`,
    )
    expect(component?.attributes).toMatchObject([{ path: ['t'], value, templated: true }])
  })

  it('takes the default of a variable for its own name and flavor, which only describe it', () => {
    const [component] = componentsOf(
      'variable "f" {\n  default = "s3"\n}\nresource "zenml_stack_component" "x" {\n  name = "${var.env}-store"\n  type = "artifact_store"\n  flavor = var.f\n}',
    )
    expect(component).toMatchObject({ name: '${var.env}-store', type: 'artifact_store', flavor: 's3', attributes: [] })
  })

  it('shows a name with braces, and stands at its header where it has no name', () => {
    const [named, nameless] = componentsOf(
      'resource "zenml_stack_component" "a" {\n  name = "{{a.b}}"\n}\nresource "zenml_stack_component" "b" {\n}\n',
    )
    expect(named?.nameAttribute && row(named.nameAttribute)).toBe('name="{{a.b}}" 2:11-2:18')
    expect(nameless?.place).toEqual({
      file: 'main.tf',
      span: { start: { line: 4, column: 1 }, end: { line: 4, column: 37 } },
    })
  })

  it('is not what another resource, a data source or a connector configures', () => {
    const configuration = '{\n  configuration = { t = "{{a.b}}" }\n}\n'
    const others = [
      'resource "zenml_service_connector" "x"',
      'resource "helm_release" "x"',
      'data "zenml_stack_component" "x"',
    ]
    expect(componentsOf(others.map(other => `${other} ${configuration}`).join(''))).toEqual([])
  })

  it('is read in a text that stands indented in a file of another kind', () => {
    const lines = ['resource "zenml_stack_component" "x" {', '  configuration = { t = "{{a.b}}" }', '}']
    const file = sourceText('README.md', `1. do:\n${lines.map(line => `   ${line}\n`).join('')}`)
    let start = '1. do:\n'.length
    const pieces = lines.map(line => {
      const piece = { text: `${line}\n`, start: start + 3, end: start + 3 + line.length + 1 }
      start = piece.end
      return piece
    })
    const { components } = readTerraform(embeddedPieces(file, pieces))
    expect(components.flatMap(({ attributes }) => attributes.map(row))).toEqual(['t="{{a.b}}" 3:29-3:36'])
    expect(components[0]?.attributes[0]?.range).toEqual({ start: 77, end: 84 })
    expect(file.content.slice(77, 84)).toBe('{{a.b}}')
  })
})
