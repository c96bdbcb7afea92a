import { describe, expect, it } from 'vitest'
import { readTerraformText } from './generate.ts'
import { row } from './show.ts'

const recipe = `resource "local_file" "stack" {
  content  = <<-ADD
    # Stack configuration, {{comment.ref}}
    zenml_version: \${var.zenml-version}
    stack_name: aws_\${replace(substr(timestamp(), 0, 16), ":", "_")}
    components:
      artifact_store:
%{if var.enable_store}}      
        id: \${uuid()}
        flavor: s3
        name: s3_store
        configuration: {"path": "s3://\${aws_s3_bucket.z[0].bucket}", "key": "{{aws.key}}"}
%{else}
        flavor: local
        name: default
        configuration: {"token": "{{local.token}}"}
%{endif}

%{if var.enable_kserve}
      model_deployer:
        flavor: kserve
        name: kserve
        configuration: {"base_url": "\${var.on ? module.m[0].url : ""}", "synchronous": True, "secret": "kserve_secret"}
%{endif}
%{if var.enable_seldon}
      model_deployer:
        flavor: seldon
        name: seldon
        configuration: {"secret": "seldon_secret", "x": "{{\${local.name}.k}}", "y": "{{\${var.name}.k}}"}}
%{endif}
    ADD
  filename = "./stack.yaml"
}
locals {
  name = "resolved"
}
`

describe('a stack that a here-document of Terraform renders', () => {
  const file = readTerraformText(recipe)

  it('is read with every side of its conditions, in file order', () => {
    expect(file?.stacks.map(({ name, zenmlVersion }) => [name, zenmlVersion])).toEqual([
      ['aws_${replace(substr(timestamp(), 0, 16), ":", "_")}', undefined],
    ])
    expect(file?.stacks[0]?.components.map(({ type, name, flavor, id }) => [type, name, flavor, id])).toEqual([
      ['artifact_store', 's3_store', 's3', undefined],
      ['artifact_store', 'default', 'local', undefined],
      ['model_deployer', 'kserve', 'kserve', undefined],
      ['model_deployer', 'seldon', 'seldon', undefined],
    ])
  })

  it('shows its attributes where they stand in the file, filled in where the file knows how', () => {
    expect(file?.stacks[0]?.components.flatMap(({ attributes }) => attributes.map(row))).toEqual([
      'path="s3://${aws_s3_bucket.z[0].bucket}" 12:34-12:67 templated',
      'key="{{aws.key}}" 12:78-12:89',
      'token="{{local.token}}" 16:35-16:50',
      'base_url="${var.on ? module.m[0].url : \\"\\"}" 23:38-23:70 templated',
      'synchronous=true 23:88-23:92',
      'secret="kserve_secret" 23:105-23:118',
      'secret="seldon_secret" 29:36-29:49',
      'x="{{resolved.k}}" 29:58-29:77',
      'y="{{${var.name}.k}}" 29:86-29:103 templated',
    ])
  })

  it('knows its version where the file resolves it', () => {
    const known = recipe
      .replace('var.zenml-version', 'local.version')
      .replace('  name = ', '  version = "0.13.2"\n  name = ')
    expect(readTerraformText(known)?.stacks[0]?.zenmlVersion).toBe('0.13.2')
  })

  it.each(['\n', '\r\n'])('has the same places with the line ends %j', lineEnd => {
    const text = recipe.replaceAll('\n', lineEnd)
    const found = readTerraformText(text)?.stacks[0]?.components.flatMap(({ attributes }) => attributes) ?? []
    expect(found.map(({ range }) => text.slice(range?.start, range?.end))).toContain('{{aws.key}}')
    expect(found.map(row)).toEqual(file?.stacks[0]?.components.flatMap(({ attributes }) => attributes.map(row)))
  })

  it('is read wherever it stands: in a local, in a list, in a call', () => {
    const stack = '<<EOT\nstack_name: s\ncomponents: {alerter: {flavor: slack, slack_token: "{{a.b}}"}}\nEOT\n'
    const text = `locals {\n  a = ${stack}  b = [\n${stack}]\n  c = base64encode(${stack})\n}\n`
    const places = readTerraformText(text)?.stacks.flatMap(({ components }) => components[0]?.attributes.map(row) ?? [])
    expect(places).toEqual([
      'slack_token="{{a.b}}" 4:53-4:60',
      'slack_token="{{a.b}}" 9:53-9:60',
      'slack_token="{{a.b}}" 14:53-14:60',
    ])
  })

  it.each([
    ['a Helm chart', 'components:\n  x: "{{a.b}}"\n  flavor: f\n'],
    ['a script', 'zenml stack list # components flavor\n'],
  ])('is not %s', (_, content) => {
    expect(readTerraformText(`resource "a" "b" {\n  values = <<EOT\n${content}EOT\n}\n`)).toBeUndefined()
  })

  it('is read up to the end of a file that breaks off', () => {
    const half = recipe.slice(0, recipe.indexOf('%{else}'))
    expect(readTerraformText(half)?.stacks[0]?.components[0]?.attributes.map(row)).toContain(
      'key="{{aws.key}}" 12:78-12:89',
    )
  })
})
