import type { ServerResponse } from 'node:http'
import type { Received } from '../http/service.ts'
import { replay } from './golden.ts'

export interface FakeSecret {
  readonly name: string
  readonly values: Readonly<Record<string, string | null>>
  readonly private?: boolean
  /** Of another user, who alone may make it private. */
  readonly foreign?: boolean
}

type Stored = (FakeSecret | undefined)[]

/** The place of the secret that was made, else `undefined`, and the request is answered. */
export function create(response: ServerResponse, stored: Stored, { body }: Received): number | undefined {
  const { name, values, private: own = false } = JSON.parse(body)
  if (isTaken(stored, name, own)) return void replay(response, 'secret-create-duplicate')
  if (isTooLarge(values)) return void replay(response, 'secret-create-too-large')
  return stored.push({ name, values, private: own }) - 1
}

interface Change extends Received {
  readonly index: number
}

/** Whether there is a changed secret to be shown; else the request is answered. */
export function change(response: ServerResponse, stored: Stored, { method, url, body, index }: Change): boolean {
  const before = stored[index]
  if (!before) return refuse(response, 'secret-get-unknown')
  if (method === 'DELETE') {
    stored[index] = undefined
    return refuse(response, 'secret-delete')
  }
  const sent = JSON.parse(body)
  if (sent.private !== undefined && before.foreign) return refuse(response, 'secret-update-private-of-foreign')
  const { name = before.name, private: own = before.private ?? false } = sent
  const others = stored.map((secret, place) => (place === index ? undefined : secret))
  if (isTaken(others, name, own)) return refuse(response, 'secret-create-duplicate')
  const isPatch = new URL(url, 'http://server').searchParams.get('patch_values') === 'true'
  const kept = isPatch || !sent.values ? before.values : {}
  const values = Object.fromEntries(
    Object.entries({ ...kept, ...sent.values }).filter(
      ([key, value]) => value !== null || !(key in (sent.values ?? {})),
    ),
  ) as FakeSecret['values']
  if (isTooLarge(values)) return refuse(response, 'secret-create-too-large')
  stored[index] = { ...before, name, private: own, values }
  return true
}

function refuse(response: ServerResponse, name: string): false {
  replay(response, name)
  return false
}

function isTaken(stored: Stored, name: string, own: boolean): boolean {
  return stored.some(secret => secret?.name === name && (secret.private ?? false) === own)
}

function isTooLarge(values: FakeSecret['values']): boolean {
  const texts = Object.entries(values).flat()
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0) > 65_536
}
