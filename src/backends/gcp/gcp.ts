import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { type GcpCalls, makeCalls } from './calls.ts'
import { connectGcp, type GcpConnection, gcpDescription } from './connect.ts'
import { unverified } from './failure.ts'
import type { GcpOptions } from './options.ts'
import { filterOf, lookUpScoped, namesOf } from './scoped.ts'
import { filterOfAll, groupsOf, lookUpUnscoped } from './unscoped.ts'

/**
 * Google Secret Manager as ZenML's `gcp` secrets manager uses it. For U names it sends one list, and one request for each
 * name that the list lacks or whose keys are asked; in scope `none` the list alone. Credentials are Google's default ones.
 */
export function createGcpBackend(options: GcpOptions, context: BackendContext): Backend {
  const connection = connectGcp(options, context)
  const connect = async (open: GcpConnection, signal: AbortSignal): Promise<Connected> => {
    const session = await open.open(signal)
    return 'answer' in session ? session : { calls: makeCalls(session) }
  }
  return {
    name: 'gcp',
    description: gcpDescription(options),
    lookUp: async (names, depth, signal) => {
      if ('problem' in connection) return sameAnswer(names, unverified(connection.problem))
      return answerLegalNames({ flavor: 'gcp', scope: connection.scope, names }, async legal =>
        ask(await connect(connection, signal), { place: connection, legal, depth }),
      )
    },
    names: async signal => {
      if ('problem' in connection) return []
      const connected = await connect(connection, signal)
      return 'calls' in connected ? listNames(connected.calls, connection.scope) : []
    },
  }
}

type Connected = { readonly calls: GcpCalls } | { readonly answer: Answer }

interface Asking {
  readonly place: GcpConnection
  readonly legal: readonly string[]
  readonly depth: Depth
}

function ask(connected: Connected, { place, legal, depth }: Asking): Promise<ReadonlyMap<string, Answer>> {
  if ('answer' in connected) return Promise.resolve(sameAnswer(legal, connected.answer))
  const { project, scope } = place
  return scope.scope === 'none'
    ? lookUpUnscoped(connected.calls, legal, { project, depth })
    : lookUpScoped(connected.calls, legal, { project, scope, depth })
}

/** None where anything goes wrong. */
async function listNames(calls: GcpCalls, scope: SecretsScope): Promise<readonly string[]> {
  const isUnscoped = scope.scope === 'none'
  const listing = await calls.list(isUnscoped ? filterOfAll : filterOf(scope))
  if (listing.failure) return []
  return isUnscoped ? [...groupsOf(listing).keys()] : namesOf(scope, listing)
}
