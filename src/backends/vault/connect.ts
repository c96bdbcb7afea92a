import { readAddress } from '../../http/address.ts'
import { createHttpClient, type HttpClientOptions } from '../../http/client.ts'
import { quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { segmentsOf } from './engine.ts'
import { errorCode } from './error-code.ts'
import type { VaultOptions } from './options.ts'
import { openSession, type VaultSession } from './session.ts'

export interface VaultConnection {
  readonly url: string
  readonly mount: string
  /** Logs in, once; failures are tried again when asked again. */
  open(signal: AbortSignal): Promise<VaultSession | { readonly answer: Answer }>
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
  const login = { options: { ...options, authMount: withoutSlashes(options.authMount ?? '') }, context, seams }
  let opened: ReturnType<typeof openSession> | undefined
  const open: VaultConnection['open'] = async signal => {
    opened ??= openSession(client, { ...login, mount, signal })
    const session = await opened
    if ('answer' in session) opened = undefined
    return session
  }
  return { url: address.url, mount, open }
}

const noAddress = 'Nothing says where Vault is. Set vault-url or VAULT_ADDR, such as https://vault.example.com:8200.'

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
