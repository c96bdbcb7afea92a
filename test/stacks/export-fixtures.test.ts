import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Stack } from '../../src/stacks/stack.ts'
import { read } from './read.ts'

const root = join(import.meta.dirname, '../fixtures/exports')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.yaml'))
  .map(path => path.replaceAll('\\', '/'))
  .sort()

function stackIn(path: string): Stack {
  const file = read(readFileSync(join(root, path), 'utf8'), path)
  expect(file?.problems).toEqual([])
  expect(file?.stacks).toHaveLength(1)
  return file!.stacks[0]!
}

/** References as a reader of lines sees them: everything with two braces, between quotes or to the end of the line. */
function referencesByLine(path: string): readonly string[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const [, before = '', quoted, bare] = /^(.*?[:-] )(?:'([^']*\{\{[^']*)'|(\S*\{\{\S*))$/.exec(line) ?? []
      const text = quoted ?? bare
      if (text === undefined) return []
      const column = before.length + (quoted === undefined ? 1 : 2)
      return [`${index + 1}:${column}-${index + 1}:${column + text.length} ${text}`]
    })
}

function referencesRead(stack: Stack): readonly string[] {
  return stack.components.flatMap(({ attributes }) =>
    attributes.flatMap(({ value, place }) => {
      if (typeof value !== 'string' || !value.includes('{{') || !('span' in place)) return []
      const { start, end } = place.span
      return [`${start.line}:${start.column}-${end.line}:${end.column} ${value}`]
    }),
  )
}

describe('the exports of real ZenML installations', () => {
  it('are here', () => {
    expect(files).toHaveLength(19)
  })

  it.each(files)('%s: each reference is read at its exact place', path => {
    expect(referencesRead(stackIn(path))).toEqual(referencesByLine(path))
  })

  it.each([
    [
      'legacy/0.13.2/ci.yaml',
      ['6:19-6:34 {{slack.token}}', '15:25-15:47 {{mlf-creds.password}}', '17:25-17:47 {{mlf-creds.username}}'],
    ],
    [
      'legacy/0.22.0/ci.yaml',
      ['5:21-5:36 {{slack.token}}', '27:27-27:49 {{mlf-creds.password}}', '30:27-30:49 {{mlf-creds.username}}'],
    ],
    [
      'legacy/0.30.0/ci.yaml',
      ['5:21-5:36 {{slack.token}}', '16:27-16:49 {{mlf-creds.password}}', '18:27-18:49 {{mlf-creds.username}}'],
    ],
    ['legacy/0.39.1/ci.yaml', ['5:21-5:36 {{slack.token}}']],
    ['legacy/0.45.6/ci.yaml', ['9:17-9:29 {{ wb.key }}', '11:22-11:33 {{wb.proj}}']],
    ['0.98/mlf_stack.yaml', ['9:27-9:37 {{mlf.pw}}', '11:27-11:39 {{mlf.user}}']],
    [
      '0.98/full_stack.yaml',
      [
        '5:21-5:36 {{slack.token}}',
        '10:13-10:27 {{probe2.tok}}',
        '18:18-18:32 {{nested.ref}}',
        '19:13-19:27 {{aws.key_id}}',
        '21:16-21:32 {{ aws.secret }}',
        '27:31-27:43 {{reg.auth}}',
        '34:27-34:37 {{mlf.pw}}',
        '36:27-36:39 {{mlf.user}}',
        '42:17-42:27 {{dd.api}}',
        '43:25-43:35 {{dd.app}}',
        '55:19-55:31 {{runai.id}}',
        '56:23-56:39 {{runai.secret}}',
      ],
    ],
    [
      '0.98/probe_stack.yaml',
      [
        '5:13-5:25 {{nested.a}}',
        '6:13-6:29  {{probe.outer}}',
        '7:12-7:31 x{{probe.embedded}}',
        '8:13-8:26 {{probe.f02}}',
        '10:10-10:22 {{nested.l}}',
        '12:17-12:33 {{nested.inner}}',
        '14:14-14:28 {{probe.sstr}}',
        '15:13-15:26 {{probe.tok}}',
        '16:15-16:30 {{probe.union}}',
      ],
    ],
  ])('%s, row by row', (path, expected) => {
    expect(referencesRead(stackIn(path))).toEqual(expected)
  })

  it.each(files)('%s: the stack is named as in the file', path => {
    const [, name] = /^stack_name: (.*)$/m.exec(readFileSync(join(root, path), 'utf8')) ?? []
    const [, version] = /^zenml_version: (.*)$/m.exec(readFileSync(join(root, path), 'utf8')) ?? []
    const stack = stackIn(path)
    expect({ name: stack.name, version: stack.zenmlVersion }).toEqual({ name, version })
  })

  it.each([
    [
      'legacy/0.13.2/aws-namespace.yaml',
      { type: 'secrets_manager', name: 'aws_namespace', flavor: 'aws', id: undefined },
      { namespace: 'team', region_name: 'eu-west-1', scope: 'namespace' },
    ],
    [
      'legacy/0.22.0/aws-default.yaml',
      { type: 'secrets_manager', name: 'aws_default', flavor: 'aws', id: '6fdf3487-abae-4951-9f89-f6fd996eff31' },
      { namespace: null, region_name: 'eu-west-1', scope: 'component' },
    ],
    [
      'legacy/0.22.0/ci.yaml',
      { type: 'secrets_manager', name: 'sm', flavor: 'local', id: '30d25383-04a5-4c7b-9092-ddd43df11e54' },
      { namespace: null, scope: 'none', secrets_file: '' },
    ],
    ['legacy/0.30.0/ci.yaml', { type: 'secrets_manager', name: 'sm', flavor: 'local', id: undefined }, {}],
  ])('%s: the secrets manager with all its attributes and no others', (path, expected, attributes) => {
    const manager = stackIn(path).components.find(({ type }) => type === 'secrets_manager')!
    const { type, name, flavor, id } = manager
    expect({ type, name, flavor, id }).toEqual(expected)
    expect(Object.fromEntries(manager.attributes.map(({ path: keys, value }) => [keys.join('/'), value]))).toEqual(
      attributes,
    )
  })

  it('0.98/full_stack.yaml: two components of one type', () => {
    const { components } = stackIn('0.98/full_stack.yaml')
    expect(components.map(({ type, name, flavor }) => [type, name, flavor]).slice(0, 3)).toEqual([
      ['alerter', 'slk', 'slack'],
      ['alerter', 'pr2', 'probe'],
      ['artifact_store', 's3st', 's3'],
    ])
  })
})
