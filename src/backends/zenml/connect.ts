import { readAddress } from '../../http/address.ts'
import type { ZenmlCredentials } from '../../zenml/credentials.ts'
import { connectZenml, type ZenmlServer, type ZenmlServerOptions } from '../../zenml/server.ts'
import type { BackendContext } from '../context.ts'
import type { ZenmlOptions } from './options.ts'

/** A server to ask, or a sentence that says which setting is wrong; it quotes none. */
export type Connection = ZenmlServer | { readonly reason: string }

/**
 * The server that the options name; nothing is sent yet. One connection serves look-ups and registered stacks alike, so
 * that there is one login a run.
 */
export function connectionOf(
  { url, verifySsl, ...options }: ZenmlOptions,
  { environment, onCredential }: BackendContext,
  http?: ZenmlServerOptions['http'],
): Connection {
  if (url === undefined || url.trim() === '') {
    return { reason: 'No address of a ZenML server is set. Give it as zenml-url or in ZENML_STORE_URL.' }
  }
  const address = readAddress(url)
  if ('problem' in address) return { reason: `zenml-url cannot be used. ${address.problem}` }
  const certificates = readVerifySsl(verifySsl)
  if ('reason' in certificates) return certificates
  if ((options.username === undefined) !== (options.password === undefined) && !options.apiKey && !options.token) {
    return { reason: 'A user name for the ZenML server needs a password beside it, and the other way round.' }
  }
  const { caBundle } = certificates
  return connectZenml({
    url: address.url,
    credentials: credentialsOf(options),
    environment,
    caBundle,
    onCredential,
    http,
  })
}

type Given = Pick<ZenmlOptions, 'apiKey' | 'token' | 'username' | 'password'>

function credentialsOf({ apiKey, token, username, password }: Given): ZenmlCredentials | undefined {
  if (apiKey) return { kind: 'api-key', apiKey }
  if (token) return { kind: 'token', token }
  return username !== undefined && password ? { kind: 'user', username, password } : undefined
}

/** A path is left to Node: reading files is no business of a backend that talks to a network. */
function readVerifySsl(
  text: string | undefined,
): { readonly caBundle: string | undefined } | { readonly reason: string } {
  const value = text?.trim() ?? ''
  if (value === '' || /^(?:true|1|yes|on|y|t)$/i.test(value)) return { caBundle: undefined }
  if (value.startsWith('-----BEGIN CERTIFICATE-----')) return { caBundle: value }
  if (/^(?:false|0|no|off|n|f)$/i.test(value)) {
    return {
      reason:
        'ZENML_STORE_VERIFY_SSL switches the check of certificates off, which would show credentials to anybody. Unset it, and name the file of your own authority in NODE_EXTRA_CA_CERTS.',
    }
  }
  return { reason: 'ZENML_STORE_VERIFY_SSL names a file. Unset it, and name that file in NODE_EXTRA_CA_CERTS.' }
}
