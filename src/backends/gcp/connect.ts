import { readAddress } from '../../http/address.ts'
import { createHttpClient, type HttpClient } from '../../http/client.ts'
import { quoted } from '../../text/displayable.ts'
import { acquire } from '../access-token.ts'
import type { Answer } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { readCredentialFile } from './credential-file.ts'
import { credentialsAnswer, unverified } from './failure.ts'
import { readGoogleError } from './json.ts'
import { type GcpOptions, isGcpProject } from './options.ts'
import type { Session } from './request.ts'
import { fetchToken } from './token.ts'

const endpoint = 'https://secretmanager.googleapis.com'

export interface GcpConnection {
  readonly project: string
  readonly scope: SecretsScope
  /** Finds credentials, once; failures are tried again when asked again. */
  open(signal: AbortSignal): Promise<Session | { readonly answer: Answer }>
}

/** The project that the options name, nothing sent yet, or sentences that say which setting is wrong. */
export function connectGcp(options: GcpOptions, context: BackendContext): GcpConnection | { readonly problem: string } {
  const place = placeOf(options, context)
  if ('problem' in place) return place
  const { project, scope, client } = place
  let authorizing: Promise<Authorized> | undefined
  const open: GcpConnection['open'] = async signal => {
    // Kept before it is there, so that those who ask at once share one.
    const authorized = () => {
      authorizing ??= authorize(options, context)
      return authorizing
    }
    const acquired = await acquire(authorized, signal)
    if ('failure' in acquired || 'problem' in acquired.value) authorizing = undefined
    if ('failure' in acquired) return { answer: credentialsAnswer(acquired) }
    const { value } = acquired
    if ('problem' in value) return { answer: unverified(value.problem) }
    return { client, project, headers: value.headers, signal }
  }
  return { project, scope, open }
}

/** For messages; not yet safe to print. */
export function gcpDescription({ project }: Pick<GcpOptions, 'project'>): string {
  return `Google Secret Manager${project === undefined ? '' : `, ${project}`}`
}

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
