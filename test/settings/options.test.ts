import { describe, expect, it } from 'vitest'
import { type Option, optionGroups } from '../../src/settings/option.ts'
import { options, optionsOf } from '../../src/settings/options.ts'
import { parseValue } from '../../src/settings/value.ts'

const rows: readonly [string, Option][] = Object.entries(options)

const backendOptions = [
  'zenml-url',
  'zenml-api-key',
  'aws-region',
  'gcp-project',
  'azure-vault-url',
  'vault-url',
  'vault-token',
  'vault-mount',
  'vault-namespace',
  'vault-role',
  'vault-audience',
  'vault-auth-mount',
  'vault-role-id',
  'vault-secret-id',
  'github-repository',
  'scope',
  'scope-namespace',
]

describe('the table of options', () => {
  it('gives the check command its flags', () => {
    expect([...optionsOf('check').keys()]).toEqual([
      'paths',
      'exclude',
      'stack',
      'zenml-version',
      'docs',
      'level',
      'static',
      'backend',
      'secrets-file',
      'component-id',
      ...backendOptions,
      'timeout',
      'fail-on',
      'on-unverified',
      'format',
      'output',
      'quiet',
      'verbose',
      'no-color',
    ])
  })

  it('gives the references command those that select and print', () => {
    expect([...optionsOf('references').keys()]).toEqual([
      'paths',
      'exclude',
      'stack',
      'zenml-version',
      'docs',
      'zenml-url',
      'zenml-api-key',
      'format',
      'output',
      'tree',
      'quiet',
      'verbose',
      'no-color',
    ])
  })

  it('gives the action its inputs', () => {
    expect([...optionsOf('action').keys()]).toEqual([
      'paths',
      'exclude',
      'stacks',
      'zenml-version',
      'level',
      'backend',
      'secrets-file',
      'component-id',
      ...backendOptions,
      'timeout',
      'fail-on',
      'on-unverified',
      'annotations',
      'summary',
      'comment',
      'comment-key',
      'json-file',
      'github-token',
    ])
  })

  it.each(rows)('describes %s in one sentence', (_, { description }) => {
    expect(description).toMatch(/^[A-Z][^.]*(?:\.[a-z][^.]*)*\.$/)
  })

  it.each(rows)('spells %s in kebab-case and puts it in a group and on a surface', (name, option) => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
    expect(Object.keys(optionGroups)).toContain(option.group)
    expect(option.surfaces.length).toBeGreaterThan(0)
  })

  it.each(rows.filter(([, option]) => option.default !== undefined))('has a default %s takes itself', (_, option) => {
    expect(parseValue(option, option.default ?? '')).toHaveProperty('value')
  })
})
