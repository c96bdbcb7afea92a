import { describe, expect, it } from 'vitest'
import { decideComment } from '../../src/github/comment.ts'

const existing = { id: 5, body: 'old', url: 'https://example.com/5' }
const create = { kind: 'create' } as const
const update = { kind: 'update', id: 5 } as const
const nothing = { kind: 'nothing' } as const

describe('decideComment', () => {
  it.each([
    ['on-failure', undefined, true, create],
    ['on-failure', undefined, false, nothing],
    ['on-failure', existing, true, update],
    ['on-failure', existing, false, update],
    ['always', undefined, true, create],
    ['always', undefined, false, create],
    ['always', existing, true, update],
    ['always', existing, false, update],
    ['never', undefined, true, nothing],
    ['never', undefined, false, nothing],
    ['never', existing, true, nothing],
    ['never', existing, false, nothing],
  ] as const)('%s, an earlier comment being %j, wrong being %s: %j', (mode, found, wrong, step) => {
    expect(decideComment({ mode, existing: found, wrong, body: 'new' })).toEqual(step)
  })

  it.each(['new', 'new\n', 'a\r\nb\r\n', 'a\nb'])('writes nothing where the comment says %j already', body => {
    const decision = { mode: 'on-failure', existing: { ...existing, body }, wrong: true } as const
    expect(decideComment({ ...decision, body: body.startsWith('a') ? 'a\nb\n' : 'new' })).toEqual(nothing)
  })
})
