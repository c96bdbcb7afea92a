import { apiPath, type Engine, type Way } from './engine.ts'
import { entriesOf } from './json.ts'
import type { VaultSession } from './session.ts'

/** Whether the token may go a way; `undefined` where Vault does not tell, or was not asked. */
export type Allows = (way: Way, path: string) => boolean | undefined

/** May the token go this way, at this path below the mount of an engine of this version? */
export type Question = readonly [Engine['version'], Way, string]

/** What the token may do, as far as it was asked; where it may not even ask that, nothing is known. */
export interface Capabilities {
  /** Asks what was not asked yet, `questionsPerRequest` at a time. */
  ask(questions: readonly Question[], signal: AbortSignal): Promise<void>
  /** Of an engine, whose version need not be known when it is asked. */
  allowedIn(engine: Pick<Engine, 'mount' | 'version'>): Allows
}

/** OpenBao refuses a body of a thousand strings or more; Vault takes ten times as many. */
export const questionsPerRequest = 990
const maxBytes = 2 ** 24

export function capabilitiesOf({ mount, send }: Pick<VaultSession, 'mount' | 'send'>): Capabilities {
  const asked = new Set<string>()
  const known = new Map<string, readonly unknown[]>()
  const askSome = async (paths: readonly string[], signal: AbortSignal) => {
    const path = ['sys', 'capabilities-self']
    const result = await send({ method: 'POST', path, json: { paths }, signal, idempotent: true, maxBytes })
    if ('trouble' in result) return
    for (const [path, capabilities] of entriesOf(entriesOf(result.json).get('data'))) {
      if (asked.has(path) && Array.isArray(capabilities)) known.set(path, capabilities)
    }
  }
  return {
    ask: async (questions, signal) => {
      const paths = questions.map(([version, way, path]) => apiPath({ mount, version }, way, path))
      const fresh = [...new Set(paths)].filter(path => !asked.has(path))
      for (const path of fresh) asked.add(path)
      const requests: Promise<void>[] = []
      for (let start = 0; start < fresh.length; start += questionsPerRequest) {
        requests.push(askSome(fresh.slice(start, start + questionsPerRequest), signal))
      }
      await Promise.all(requests)
    },
    allowedIn: engine => (way, path) => {
      const capabilities = known.get(apiPath(engine, way, path))
      return capabilities && (capabilities.includes('root') || capabilities.includes(way === 'list' ? 'list' : 'read'))
    },
  }
}
