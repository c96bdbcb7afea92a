import type { Trouble } from '../http/trouble.ts'
import { troubleSentence } from '../http/trouble.ts'
import { displayable } from '../text/displayable.ts'
import type { ZenmlTrouble } from './result.ts'

/** Longer than any sentence made here; what a server adds to it is short. */
const longest = 1_000

/** What trouble with a request to a ZenML server means for the user. */
export function explain(trouble: Trouble): ZenmlTrouble {
  const sentence = displayable(troubleSentence(trouble), longest)
  if (trouble.kind === 'not-json') {
    return { kind: 'unverified', reason: `${sentence} A ZenML server answers with JSON.`, status: trouble.status }
  }
  if (trouble.kind !== 'status') return { kind: 'unverified', reason: sentence }
  const { status, detail } = trouble
  if (status === 404 && detail === 'KeyError') return { kind: 'absent', reason: sentence, status }
  return {
    kind: status === 403 ? 'denied' : 'unverified',
    reason: `${sentence}${meaning(trouble.method, status, detail)}`,
    status,
  }
}

function meaning(method: string, status: number, detail: string | undefined): string {
  if (status === 402) return ' ZenML Pro asks for a subscription.'
  if (status === 403 && method !== 'GET') {
    return ' The identity lacks a permission: give it a role that may create, update and delete secrets. Whether a secret is private only its owner may change.'
  }
  if (status === 403)
    return ' The identity lacks a permission of ZenML Pro: give it a role with read on secrets and stacks.'
  if (status === 409) return ' The name is taken.'
  if (status === 404)
    return ' No API of a ZenML server is there: give the address of the server without any path of its pages.'
  if (status === 501 || detail === 'NotImplementedError') return ' The secrets store of the server is switched off.'
  return ''
}
