import { describe, expect, it } from 'vitest'
import { isOlderThan, readInfo } from '../../src/zenml/info.ts'
import { recorded } from './golden.ts'

const body = recorded('info').body
const own = {
  version: '0.98.0',
  isMysql: false,
  hasSecretsStore: true,
  needsLogin: true,
  mayHideSecrets: false,
  web: undefined,
}

describe('what a server says of itself', () => {
  it.each([
    [{}, {}],
    [{ database_type: 'mysql' }, { isMysql: true }],
    [{ auth_scheme: 'NO_AUTH' }, { needsLogin: false }],
    [{ deployment_type: 'cloud' }, { mayHideSecrets: true }],
    [{ pro_workspace_name: 'w' }, { mayHideSecrets: true }],
    [{ dashboard_url: 'https://zenml.example.com/x/' }, { web: 'https://zenml.example.com/x' }],
    [{ dashboard_url: 'javascript:alert(1)' }, { web: undefined }],
    [{ secrets_store_type: undefined, auth_scheme: undefined, version: '0.34.0' }, { version: '0.34.0' }],
  ])('with %j', (change, expected) => {
    expect(readInfo({ ...body, ...change })).toEqual({ ...own, ...expected })
  })

  it('is read from a server whose store is off', () => {
    expect(readInfo(recorded('store-none-info').body)?.hasSecretsStore).toBe(false)
  })

  it.each([null, [], 'text', 5, {}, { version: 98 }, { version: 'latest' }, { status: 'ok' }])('%j is none', json => {
    expect(readInfo(json)).toBeUndefined()
  })

  it.each([
    ['0.58.0', true],
    ['0.97.9', true],
    ['0.98.0', false],
    ['0.100.0', false],
    ['1.0.0', false],
  ])('%s is older than 0.98: %s', (version, older) => {
    expect(isOlderThan(version, 98)).toBe(older)
  })
})
