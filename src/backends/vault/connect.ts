import { readAddress } from '../../http/address.ts'
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../http/client.ts'
import { quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { type Engine, segmentsOf } from './engine.ts'
import { errorCode } from './error-code.ts'
import { findEngine } from './find-engine.ts'
import { logIn } from './login.ts'
import type { VaultOptions } from './options.ts'

export interface VaultConnection {
  readonly url: string
  readonly mount: string
  /** Logs in and finds the engine, once; failures are tried again when asked again. */
  open(folder: string, signal: AbortSignal): Promise<Engine | { readonly answer: Answer }>
}

interface Surroundings {
  readonly context: BackendContext
  readonly seams: HttpClientOptions['seams']
}

/** The server that the options name, nothing sent yet, or sentences that say which setting is wrong. */
export function connectVault(
  options: VaultOptions,
  { context, seams }: Surroundings,
): VaultConnection | { readonly problem: string } {
  const address = options.url?.trim() ? readAddress(options.url) : { problem: noAddress }
  if ('problem' in address) return address
  const mount = withoutSlashes(options.mount?.trim() || 'secret')
  const bad = badPath(mount, 'vault-mount') ?? badPath(options.authMount, 'vault-auth-mount')
  const problem = bad ?? badPath(options.vaultNamespace, 'vault-namespace')
  if (problem !== undefined) return { problem }
  const client = createHttpClient({
    baseUrl: `${address.url}/v1`,
    headers: { 'x-vault-request': 'true', ...namespaceHeader(options.vaultNamespace) },
    environment: context.environment,
    retryStatuses: [412],
    readError: errorCode,
    seams,
  })
  let opened: Promise<Engine | { readonly answer: Answer }> | undefined
  const open = async (folder: string, signal: AbortSignal) => {
    opened ??= openOnce(client, {
      options: { ...options, authMount: withoutSlashes(options.authMount ?? '') },
      mount,
      folder,
      context,
      seams,
      signal,
    })
    const engine = await opened
    if ('answer' in engine) opened = undefined
    return engine
  }
  return { url: address.url, mount, open }
}

const noAddress = 'Nothing says where Vault is. Set vault-url or VAULT_ADDR, such as https://vault.example.com:8200.'

interface Opening extends Surroundings {
  readonly options: VaultOptions
  readonly mount: string
  readonly folder: string
  readonly signal: AbortSignal
}

async function openOnce(client: HttpClient, { mount, folder, ...login }: Opening) {
  const session = await logIn(client, login)
  if ('answer' in session) return session
  const headers = { 'x-vault-token': session.token }
  return findEngine(request => client.request({ ...request, headers }), { mount, folder, signal: login.signal })
}

function namespaceHeader(namespace: string | undefined): Readonly<Record<string, string>> {
  return namespace?.trim() ? { 'x-vault-namespace': namespace.trim() } : {}
}

function withoutSlashes(path: string): string {
  return segmentsOf(path).length > 0 && !path.includes('//') ? path.replace(/^\//, '').replace(/\/$/, '') : path
}

/** The path of a mount may come from a stack file, so nothing else may pass. */
function badPath(path: string | undefined, setting: string): string | undefined {
  const text = withoutSlashes(path?.trim() ?? '')
  if (text === '') return undefined
  const isPath = text.length <= 500 && text.split('/').every(part => /^[\w.-]+$/.test(part) && !/^\.{1,2}$/.test(part))
  if (isPath) return undefined
  return `${quoted(text)} is no path of Vault, which holds letters, digits and the characters _ . - between slashes. Correct ${setting}.`
}
