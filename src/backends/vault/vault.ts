import type { HttpClientOptions } from '../../http/client.ts'
import type { Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import { storedName } from '../secrets-manager/stored-name.ts'
import { listFolder } from './list-folder.ts'
import { lookUpPaths } from './look-up.ts'
import type { VaultOptions } from './options.ts'
import { scopeFolder, type VaultPlace, vaultDescription, vaultPlace } from './place.ts'

/**
 * A KV engine of Vault or OpenBao as ZenML's `vault` secrets manager uses it: one secret of Vault for each of ZenML's.
 * For U secrets in F folders it sends at most F + U + 3 requests, a login included; F + 3 for names in an engine of
 * version 1. Values are asked for only where the server cannot tell keys without them.
 * @param seams For tests.
 */
export function createVaultBackend(
  options: VaultOptions,
  context: BackendContext,
  seams?: HttpClientOptions['seams'],
): Backend {
  const place = vaultPlace(options, { context, seams })
  return {
    name: 'vault',
    description: vaultDescription(place),
    lookUp: async (names, depth, signal) => {
      if ('problem' in place) return sameAnswer(names, { kind: 'unverified', reason: place.problem })
      return answerLegalNames({ flavor: 'vault', scope: place.scope, names }, legal =>
        ask(place, { names: legal, depth, signal }),
      )
    },
    names: async signal => ('problem' in place ? [] : listNames(place, signal)),
  }
}

interface Asked {
  readonly names: readonly string[]
  readonly depth: Depth
  readonly signal: AbortSignal
}

async function ask({ connection, scope }: VaultPlace, { names, depth, signal }: Asked) {
  const session = await connection.open(signal)
  if ('answer' in session) return sameAnswer(names, session.answer)
  const paths = new Map(names.map(name => [name, storedName(scope, name, '/')] as const))
  const looking = { paths: [...paths.values()], folder: scopeFolder(scope), depth, signal }
  const known = await lookUpPaths(session, looking)
  if ('answer' in known) return sameAnswer(names, known.answer)
  const answers = [...paths].map(([name, path]) => [name, known.get(path)] as const)
  return new Map(answers.flatMap(([name, answer]) => (answer ? [[name, answer] as const] : [])))
}

async function listNames({ connection, scope }: VaultPlace, signal: AbortSignal): Promise<readonly string[]> {
  const folder = scopeFolder(scope)
  const session = await connection.open(signal)
  if ('answer' in session) return []
  const engine = await session.engine(folder, signal)
  if ('answer' in engine) return []
  const listing = await listFolder(engine, folder, signal)
  return listing.kind === 'listed' ? [...listing.names] : []
}
