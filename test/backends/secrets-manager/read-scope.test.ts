import { describe, expect, it } from 'vitest'
import { readScope, type ScopeOptions } from '../../../src/backends/secrets-manager/read-scope.ts'

const id = '168f2d17-35a9-4d2d-acfb-0e71c7df06c1'
const unset: ScopeOptions = { scope: undefined, namespace: undefined, componentId: undefined }

describe('a scope', () => {
  it.each([
    ['none', unset, { scope: 'none' }],
    ['global', unset, { scope: 'global' }],
    ['namespace', { ...unset, namespace: 'team' }, { scope: 'namespace', namespace: 'team' }],
    ['component', { ...unset, componentId: id }, { scope: 'component', componentId: id }],
    ['component', { ...unset, componentId: id.toUpperCase() }, { scope: 'component', componentId: id }],
    ['global', { ...unset, namespace: 'team', componentId: 'x' }, { scope: 'global' }],
  ])('%s is read with what it needs', (scope, options, expected) => {
    expect(readScope('aws', { ...options, scope })).toEqual(expected)
  })

  it('is that of the component where nothing is said, as for ZenML', () => {
    expect(readScope('aws', { ...unset, componentId: id })).toEqual({ scope: 'component', componentId: id })
  })

  it.each([
    ['GLOBAL', unset, /"GLOBAL" is no scope.*none, global, component, namespace/],
    ['', unset, /"" is no scope/],
    ['constructor', unset, /is no scope/],
    ['namespace', unset, /scope-namespace/],
    ['namespace', { ...unset, namespace: 'a/b' }, /"a\/b" is no namespace.*scope-namespace/],
    ['global', { ...unset, namespace: 'a b' }, /"a b" is no namespace/],
    ['component', unset, /component-id/],
    ['component', { ...unset, componentId: '../x' }, /"\.\.\/x" is not the id.*component-id/],
    ['component', { ...unset, componentId: `${id}\n` }, /is not the id/],
  ])('%s with %o is refused in a sentence that names what to set', (scope, options, problem) => {
    expect(readScope('aws', { ...options, scope })).toEqual({ problem: expect.stringMatching(problem) })
  })

  it('refuses a namespace that leaves a path of Vault', () => {
    expect(readScope('vault', { ...unset, scope: 'namespace', namespace: '..' })).toHaveProperty('problem')
    expect(readScope('vault', { ...unset, scope: 'namespace', namespace: 'a.b' })).not.toHaveProperty('problem')
  })
})
