import type { HttpClientOptions } from '../../http/client.ts'
import { displayable } from '../../text/displayable.ts'
import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { illegalName } from '../secrets-manager/name-rules.ts'
import { accessOf } from './connect.ts'
import { listSecrets, type SecretList } from './list-secrets.ts'
import type { GithubOptions } from './options.ts'
import { keysOfVariable } from './payload.ts'
import { nameOfVariable, variableName } from './variable-name.ts'

/**
 * The secrets of a GitHub repository as ZenML's `github` secrets manager uses them. Inside a job they are variables that
 * the workflow maps, and nothing is sent for those. Where a repository and a token are given, one list, a request for
 * each 100 secrets, tells of all others; GitHub never shows what is in them.
 *
 * In a job that maps some secrets and has no such list, what is not mapped is missing: ZenML finds nothing else there.
 * That the option's token may not list is no list: in a job it is there for other things by default.
 * @param seams For tests.
 */
export function createGithubBackend(
  options: GithubOptions,
  context: BackendContext,
  seams?: HttpClientOptions['seams'],
): Backend {
  const mapped = mappedVariables(context)
  const { repository } = options
  const access = accessOf(options, context, seams)
  const list = async (signal: AbortSignal): Promise<SecretList | undefined> => {
    if (!access || 'problem' in access) return access && { secrets: new Map(), doubt: unverified(access.problem) }
    context.onCredential?.(access.token)
    const stored = await listSecrets(access, signal)
    const own = context.environment.GITHUB_AUTHENTICATION_TOKEN
    return stored.isRefused && !own && mapped && mapped.size > 0 ? undefined : stored
  }
  return {
    name: 'github',
    description: repository ? `GitHub, ${repository}` : 'GitHub',
    lookUp: async (names, depth, signal) => {
      const distinct = [...new Set(names)]
      const known = new Map(distinct.map(name => [name, illegalName('github', { scope: 'none' }, name)] as const))
      const needsList = distinct.some(name => !known.get(name) && !mapped?.get(variableName(name)))
      const stored = needsList && !signal.aborted ? await list(signal) : undefined
      const judging = { mapped, stored, depth }
      const judge = (name: string) => (signal.aborted ? stopped : answerFor(name, judging))
      return new Map(distinct.map(name => [name, known.get(name) ?? judge(name)]))
    },
    names: async signal => {
      if (signal.aborted) return []
      const stored = (await list(signal))?.secrets.keys() ?? []
      const variables = new Set([...(mapped?.keys() ?? []), ...stored])
      return [...variables].flatMap(variable => nameOfVariable(variable) ?? [])
    },
  }
}

const stopped = unverified('GitHub was not asked before the run was stopped or its time was up.')

/** The variables that a job maps secrets to; `undefined` outside a job, exactly as ZenML tells it. */
function mappedVariables({ environment }: BackendContext): ReadonlyMap<string, string> | undefined {
  if (environment.GITHUB_ACTIONS !== 'true') return undefined
  return new Map(
    Object.entries(environment).flatMap(([variable, text]) =>
      text !== undefined && nameOfVariable(variable) !== undefined ? [[variable, text] as const] : [],
    ),
  )
}

interface Judging {
  readonly mapped: ReadonlyMap<string, string> | undefined
  readonly stored: SecretList | undefined
  readonly depth: Depth
}

function answerFor(name: string, { mapped, stored, depth }: Judging): Answer {
  const variable = variableName(name)
  const shown = displayable(variable, 300)
  const text = mapped?.get(variable)
  if (text) return answerByText(variable, text, depth)
  if (stored?.secrets.has(variable)) {
    if (depth === 'names') return { kind: 'found', keys: 'not-read' }
    return unverified(mapped ? (text === '' ? emptied(shown) : unmapped(shown)) : hidden)
  }
  if (stored) return stored.doubt ?? { kind: 'missing' }
  if (text === '') return unverified(emptyOrUndefined(shown))
  if (!mapped) return unverified(nothingToAsk)
  return mapped.size > 0 ? { kind: 'missing' } : unverified(nothingMapped(shown))
}

function answerByText(variable: string, text: string, depth: Depth): Answer {
  if (depth === 'names') return { kind: 'found', keys: 'not-read' }
  const keys = keysOfVariable(text)
  if (typeof keys !== 'string') return { kind: 'found', keys }
  return {
    kind: 'unusable',
    reason: `ZenML cannot read ${displayable(variable, 300)}: ${keys}. Register the secret again with ZenML.`,
  }
}

function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}

const hidden =
  'GitHub tells that the secret exists, and shows nothing that is in it. Check inside a job that maps it, or at the level SECRET_EXISTS.'
const nothingToAsk =
  'GitHub shows secrets only to a job that maps them, or their names to a token that may list them. Set github-repository, and give the token of a GitHub App, or a fine-grained one, with the repository permission "Secrets: read", in GITHUB_AUTHENTICATION_TOKEN.'

function mapping(variable: string): string {
  return `Give the job "env: ${variable}: \${{ secrets.${variable} }}".`
}

function unmapped(variable: string): string {
  return `The secret exists on GitHub, but the job does not map it, so that its keys are not known. ${mapping(variable)}`
}

function emptied(variable: string): string {
  return `The secret exists on GitHub, but ${variable} is empty in this job, as in one for a fork or for Dependabot.`
}

function emptyOrUndefined(variable: string): string {
  return `${variable} is empty in this job: the secret is not defined, or the job runs for a fork or for Dependabot, which get none. Define it, or check where secrets are given.`
}

function nothingMapped(variable: string): string {
  return `The job maps no secret of ZenML. ${mapping(variable)}`
}
