import { describe, expect, it } from 'vitest'
import { zenmlError } from '../../src/zenml/error.ts'
import { recorded } from './golden.ts'

describe('errors of a ZenML server', () => {
  it.each([
    ['login-key-wrong', 401, 'CredentialsNotValid'],
    ['login-key-undecodable', 401, 'CredentialsNotValid'],
    ['login-json-body', 400, 'text'],
    ['login-pro-key-on-own-server', 500, 'RuntimeError'],
    ['login-rate-limited', 429, 'text'],
    ['no-token', 401, 'text'],
    ['token-bad-signature', 401, 'CredentialsNotValid'],
    ['trailing-slash', 404, 'not-found'],
    ['secret-get-unknown', 404, 'KeyError'],
    ['secret-get-private-of-other', 404, 'KeyError'],
    ['secret-get-by-name', 422, 'ValueError'],
    ['page-size-above-server-limit', 422, 'ValueError'],
    ['page-beyond-last', 400, 'ValueError'],
    ['secrets-oneof-not-json', 422, 'ValueError'],
    ['rbac-read-denied-get', 403, 'IllegalOperationError'],
    ['store-none-get', 501, 'NotImplementedError'],
  ])('%s is told as %i %s', (name, status, said) => {
    const { status: recordedStatus, body } = recorded(name)
    expect([recordedStatus, zenmlError(body)]).toEqual([status, said])
  })

  it.each([
    [{ error: 'Server too busy. Please try again later.' }, 'busy'],
    [{ detail: 'An unexpected error occurred.', request_id: 'x' }, 'unexpected'],
    [{ detail: [{ loc: ['query', 'size'], msg: 'canary' }] }, 'validation'],
    [['canary with blanks', 'x'], undefined],
    [{ detail: ['canary <b>', 'x'] }, 'validation'],
    [[], undefined],
    [{}, undefined],
    [null, undefined],
    ['text', undefined],
    [{ detail: null }, undefined],
  ])('%j is told as %s', (json, said) => {
    expect(zenmlError(json)).toBe(said)
  })
})
