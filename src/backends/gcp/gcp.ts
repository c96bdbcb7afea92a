import { readAddress } from '../../http/address.ts'
import { createHttpClient, type HttpClient } from '../../http/client.ts'
import { quoted } from '../../text/displayable.ts'
import { acquire } from '../access-token.ts'
import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { type GcpCalls, makeCalls, readGoogleError } from './calls.ts'
import { readCredentialFile } from './credential-file.ts'
import { credentialsAnswer, unverified } from './failure.ts'
import { type GcpOptions, isGcpProject } from './options.ts'
import { filterOf, lookUpScoped, namesOf } from './scoped.ts'
import { fetchToken } from './token.ts'
import { filterOfAll, groupsOf, lookUpUnscoped } from './unscoped.ts'

const endpoint = 'https://secretmanager.googleapis.com'

/**
 * Google Secret Manager as ZenML's `gcp` secrets manager uses it. For U names it sends one list, and one request for each
 * name that the list lacks or whose keys are asked; in scope `none` the list alone. Credentials are Google's default ones.
 */
export function createGcpBackend(options: GcpOptions, context: BackendContext): Backend {
  const place = placeOf(options, context)
  const shown = options.project === undefined ? '' : `, ${options.project}`
  let headers: Readonly<Record<string, string>> | undefined
  const connect = async (open: Place, signal: AbortSignal): Promise<Connected> => {
    if (headers === undefined) {
      const acquired = await acquire(() => authorize(options, context), signal)
      if ('failure' in acquired) return { answer: credentialsAnswer(acquired) }
      if ('problem' in acquired.value) return { answer: unverified(acquired.value.problem) }
      headers = acquired.value.headers
    }
    return { calls: makeCalls({ client: open.client, project: open.project, headers, signal }) }
  }
  return {
    name: 'gcp',
    description: `Google Secret Manager${shown}`,
    lookUp: async (names, depth, signal) => {
      if ('problem' in place) return sameAnswer(names, unverified(place.problem))
      return answerLegalNames({ flavor: 'gcp', scope: place.scope, names }, async legal =>
        ask(await connect(place, signal), { place, legal, depth }),
      )
    },
    names: async signal => {
      if ('problem' in place) return []
      const connected = await connect(place, signal)
      return 'calls' in connected ? listNames(connected.calls, place.scope) : []
    },
  }
}

type Connected = { readonly calls: GcpCalls } | { readonly answer: Answer }

interface Place {
  readonly project: string
  readonly scope: SecretsScope
  readonly client: HttpClient
}

function placeOf(options: GcpOptions, { environment }: BackendContext): Place | { readonly problem: string } {
  const { project } = options
  if (project === undefined) return { problem: 'Nothing says which project of Google Cloud to ask. Set gcp-project.' }
  if (!isGcpProject(project)) {
    return {
      problem: `${quoted(project)} is no project of Google Cloud. Set gcp-project to its id, such as demo-1234.`,
    }
  }
  const scope = readScope('gcp', options)
  if ('problem' in scope) return scope
  const address = readAddress(environment.CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER || endpoint)
  if ('problem' in address) {
    return { problem: `CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER cannot be used. ${address.problem}` }
  }
  const client = createHttpClient({ baseUrl: address.url, environment, readError: readGoogleError })
  return { project, scope, client }
}

type Authorized = { readonly headers: Readonly<Record<string, string>> } | { readonly problem: string }

async function authorize(
  { homedir, workspace }: GcpOptions,
  { environment, onCredential }: BackendContext,
): Promise<Authorized> {
  const file = readCredentialFile({ homedir, workspace, environment })
  if ('problem' in file) return file
  const { headers, token } = await fetchToken(file.content)
  onCredential?.(token)
  return { headers }
}

interface Asking {
  readonly place: Place
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
