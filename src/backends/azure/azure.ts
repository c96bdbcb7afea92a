import { createHttpClient, type HttpClient } from '../../http/client.ts'
import { acquire } from '../access-token.ts'
import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { exactTagProblem } from '../secrets-manager/exact-tags.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { nameOfStored } from '../secrets-manager/stored-name.ts'
import { type AzureCalls, makeCalls, readAzureError } from './calls.ts'
import { credentialsAnswer, unverified } from './failure.ts'
import type { AzureOptions } from './options.ts'
import { readPages } from './pages.ts'
import { lookUpScoped } from './scoped.ts'
import { fetchToken, ownFileProblem } from './token.ts'
import { lookUpUnscoped, readGroups } from './unscoped.ts'
import { readVault, type Vault } from './vault.ts'

/** Of 25 secrets, for suggestions. */
const maxPagesOfNames = 10

/**
 * Azure Key Vault as ZenML's `azure` secrets manager uses it. For the keys of U names it sends U requests; for names
 * alone at most twice the fewer of U and the pages of 25 that list the vault; in scope `none` always those pages.
 * Credentials are those of Azure's default chain.
 */
export function createAzureBackend(options: AzureOptions, context: BackendContext): Backend {
  const place = placeOf(options, context)
  let token: string | undefined
  const connect = async ({ vault, client }: Place, signal: AbortSignal): Promise<Connected> => {
    if (token === undefined) {
      const acquired = await acquire(stop => fetchToken(vault.tokenScope, stop), signal)
      if ('failure' in acquired) return { answer: credentialsAnswer(acquired) }
      token = acquired.value
      context.onCredential?.(token)
    }
    return { calls: makeCalls({ client, url: vault.url, token, signal }) }
  }
  return {
    name: 'azure',
    description: `Azure Key Vault${'problem' in place ? '' : `, ${new URL(place.vault.url).host}`}`,
    lookUp: async (names, depth, signal) => {
      if ('problem' in place) return sameAnswer(names, unverified(place.problem))
      const { scope } = place
      return answerLegalNames({ flavor: 'azure', scope, names }, async legal =>
        ask(await connect(place, signal), { scope, legal, depth }),
      )
    },
    names: async signal => {
      if ('problem' in place) return []
      const connected = await connect(place, signal)
      return 'calls' in connected ? listNames(connected.calls, place.scope) : []
    },
  }
}

type Connected = { readonly calls: AzureCalls } | { readonly answer: Answer }

interface Place {
  readonly vault: Vault
  readonly scope: SecretsScope
  readonly client: HttpClient
}

function placeOf(options: AzureOptions, { environment }: BackendContext): Place | { readonly problem: string } {
  const vault = readVault(options)
  if ('problem' in vault) return vault
  const scope = readScope('azure', options)
  if ('problem' in scope) return scope
  const problem = ownFileProblem(options.workspace, environment)
  if (problem !== undefined) return { problem }
  return { vault, scope, client: createHttpClient({ baseUrl: vault.url, environment, readError: readAzureError }) }
}

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
