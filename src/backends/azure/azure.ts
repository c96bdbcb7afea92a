import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { exactTagProblem } from '../secrets-manager/exact-tags.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { nameOfStored } from '../secrets-manager/stored-name.ts'
import { type AzureCalls, makeCalls } from './calls.ts'
import { type AzureConnection, azureDescription, connectAzure } from './connect.ts'
import { unverified } from './failure.ts'
import type { AzureOptions } from './options.ts'
import { readPages } from './pages.ts'
import { lookUpScoped } from './scoped.ts'
import { lookUpUnscoped, readGroups } from './unscoped.ts'

/** Of 25 secrets, for suggestions. */
const maxPagesOfNames = 10

/**
 * Azure Key Vault as ZenML's `azure` secrets manager uses it. For the keys of U names it sends U requests; for names
 * alone at most twice the fewer of U and the pages of 25 that list the vault; in scope `none` always those pages.
 * Credentials are those of Azure's default chain.
 */
export function createAzureBackend(options: AzureOptions, context: BackendContext): Backend {
  const connection = connectAzure(options, context)
  const connect = async (open: AzureConnection, signal: AbortSignal): Promise<Connected> => {
    const session = await open.open(signal)
    return 'answer' in session ? session : { calls: makeCalls(session) }
  }
  return {
    name: 'azure',
    description: azureDescription(connection),
    lookUp: async (names, depth, signal) => {
      if ('problem' in connection) return sameAnswer(names, unverified(connection.problem))
      const { scope } = connection
      return answerLegalNames({ flavor: 'azure', scope, names }, async legal =>
        ask(await connect(connection, signal), { scope, legal, depth }),
      )
    },
    names: async signal => {
      if ('problem' in connection) return []
      const connected = await connect(connection, signal)
      return 'calls' in connected ? listNames(connected.calls, connection.scope) : []
    },
  }
}

type Connected = { readonly calls: AzureCalls } | { readonly answer: Answer }

interface Asking {
  readonly scope: SecretsScope
  readonly legal: readonly string[]
  readonly depth: Depth
}

function ask(connected: Connected, { scope, legal, depth }: Asking): Promise<ReadonlyMap<string, Answer>> {
  if ('answer' in connected) return Promise.resolve(sameAnswer(legal, connected.answer))
  return scope.scope === 'none'
    ? lookUpUnscoped(connected.calls, legal, depth)
    : lookUpScoped(connected.calls, legal, { scope, depth })
}

/** Names as far as a few pages hold them; none where anything goes wrong. */
async function listNames(calls: AzureCalls, scope: SecretsScope): Promise<readonly string[]> {
  if (scope.scope === 'none') {
    const { keys, failure } = await readGroups(calls)
    return failure ? [] : [...keys.keys()]
  }
  const names: string[] = []
  const swept = await readPages(calls.list, maxPagesOfNames, items => {
    for (const { id, tags, isEnabled } of items) {
      const name = nameOfStored(scope, id, '-')
      if (name !== undefined && isEnabled && exactTagProblem(scope, name, tags) === undefined) names.push(name)
    }
    return true
  })
  return 'failure' in swept ? [] : names
}
