import { quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import { denied, doubtOf, unverified } from './doubt.ts'
import { type Engine, type Send, segmentsOf } from './engine.ts'
import { codeOf } from './error-code.ts'
import { entriesOf } from './json.ts'

interface Finding {
  readonly mount: string
  /** Folder that is going to be listed, for where the server does not tell its mounts. */
  readonly folder: string
  readonly signal: AbortSignal
}

/** Which version of KV is mounted. Without an engine that is known to be one, nothing there is ever missing. */
export async function findEngine(
  send: Send,
  { mount, folder, signal }: Finding,
): Promise<Engine | { readonly answer: Answer }> {
  const path = ['sys', 'internal', 'ui', 'mounts', ...segmentsOf(mount)]
  const result = await send({ method: 'GET', path, signal })
  if (!('trouble' in result)) return readEngine(send, mount, result.json)
  const { trouble } = result
  const code = codeOf(trouble)
  const isRefused = trouble.kind === 'status' && [403, 404, 405].includes(trouble.status)
  if (!isRefused || (code !== undefined && code !== 'denied' && code !== 'absent')) return { answer: doubtOf(trouble) }
  return probe(send, { mount, folder, signal })
}

function readEngine(send: Send, mount: string, json: unknown): Engine | { readonly answer: Answer } {
  const found = entriesOf(entriesOf(json).get('data'))
  const type = found.get('type')
  const path = found.get('path')
  if (typeof path !== 'string' || typeof type !== 'string') {
    return { answer: unverified('Vault answered with something other than the engine at the mount. Check vault-url.') }
  }
  if (path !== `${mount}/`) {
    const shown = `${quoted(path)}, not ${quoted(mount)}`
    return { answer: unverified(`The engine of Vault is mounted at ${shown}. Correct vault-mount.`) }
  }
  if (type !== 'kv' && type !== 'generic') {
    const shown = `The engine of Vault at ${quoted(mount)} is ${quoted(type)}, which holds no secrets of ZenML.`
    return { answer: unverified(`${shown} Correct vault-mount.`) }
  }
  const version = String(entriesOf(found.get('options')).get('version')) === '2' ? 2 : 1
  // Servers tell this since 1.12.
  const plugin = found.get('running_plugin_version')
  return { mount, version, hasSubkeys: typeof plugin === 'string' && plugin !== '', send }
}

/** A list in the way of version 1, which version 2 answers with a warning. */
async function probe(send: Send, { mount, folder, signal }: Finding): Promise<Engine | { readonly answer: Answer }> {
  const path = [...segmentsOf(mount), ...segmentsOf(folder)]
  const result = await send({ method: 'GET', path, query: [['list', 'true']], signal })
  if (!('trouble' in result)) return { mount, version: 1, hasSubkeys: false, send }
  const { trouble } = result
  const code = codeOf(trouble)
  if (code === 'other-engine') return { mount, version: 2, hasSubkeys: false, send }
  if (code !== 'denied' && code !== 'absent') return { answer: doubtOf(trouble) }
  const wanted = denied({ capability: 'list', path: `${mount}/metadata/${folder}` })
  const reason = 'reason' in wanted ? wanted.reason : ''
  return { answer: { kind: 'denied', reason: `Vault has no engine at ${quoted(mount)}, or hides it. ${reason}` } }
}
