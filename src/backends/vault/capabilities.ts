import { apiPath, type Engine, type Send, type Way } from './engine.ts'
import { entriesOf } from './json.ts'

/** Whether the token may go a way; `undefined` where Vault does not tell. */
export type Allows = (way: Way, path: string) => boolean | undefined

/** May the token go this way, at this path below the mount? */
export type Question = readonly [Way, string]

/** Vault takes at most 10,000 entries in one list. */
const maxPaths = 9_000
const maxBytes = 2 ** 24

/** Asks what the token may do, all in one request; where it may not even ask that, nothing is known. */
export async function askCapabilities(
  engine: Engine,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<Allows> {
  const paths = [...new Set(questions.map(([way, path]) => apiPath(engine, way, path)))]
  const known = new Map<string, readonly unknown[]>()
  for (let start = 0; start < paths.length; start += maxPaths) {
    await askSome(engine.send, { paths: paths.slice(start, start + maxPaths), known, signal })
  }
  return (way, path) => {
    const capabilities = known.get(apiPath(engine, way, path))
    return capabilities && (capabilities.includes('root') || capabilities.includes(way === 'list' ? 'list' : 'read'))
  }
}

interface Asking {
  readonly paths: readonly string[]
  readonly known: Map<string, readonly unknown[]>
  readonly signal: AbortSignal
}

async function askSome(send: Send, { paths, known, signal }: Asking): Promise<void> {
  const path = ['sys', 'capabilities-self']
  const result = await send({ method: 'POST', path, json: { paths }, signal, idempotent: true, maxBytes })
  if ('trouble' in result) return
  const asked = new Set(paths)
  for (const [path, capabilities] of entriesOf(entriesOf(result.json).get('data'))) {
    if (asked.has(path) && Array.isArray(capabilities)) known.set(path, capabilities)
  }
}
