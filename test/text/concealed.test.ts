import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Concealed } from '../../src/text/concealed.ts'

describe('a credential', () => {
  it('shows itself to whom asks for it, and to nobody else', () => {
    const credential = new Concealed('canary')
    expect(credential.reveal()).toBe('canary')
    const dumped = inspect({ credential }, { depth: 9, showHidden: true })
    expect([`${credential}`, JSON.stringify({ credential }), dumped].join(' ')).not.toContain('canary')
  })
})
