import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEventPayload } from '../../src/action/event-payload.ts'
import { makeTree } from '../files/tree.ts'

describe('readEventPayload', () => {
  it.each([
    ['{"number":7}', { number: 7 }],
    [JSON.stringify({ title: 'x'.repeat(1024 * 1024) }), { title: 'x'.repeat(1024 * 1024) }],
    ['{', undefined],
    ['', undefined],
  ])('%#: parses a file', async (content, payload) => {
    expect(await readEventPayload(join(makeTree({ 'event.json': content }), 'event.json'))).toEqual(payload)
  })

  it('reads no file that is too large', async () => {
    const file = join(makeTree({ 'event.json': '1' }), 'event.json')
    truncateSync(file, 64 * 1024 * 1024)
    expect(await readEventPayload(file)).toBeUndefined()
  })

  it.each([undefined, '', '/does/not/exist', '/'])('reads nothing where there is no file: %j', async file => {
    expect(await readEventPayload(file)).toBeUndefined()
  })
})
