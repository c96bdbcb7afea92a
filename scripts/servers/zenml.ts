import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, freePort, installOnce, type Started, startDetached, stop, waitUntilReady } from './lib.ts'

const version = '0.98.0'
const files = join(import.meta.dirname, 'zenml')

export interface ZenmlServerOptions {
  /** Permissions on: what the file `rbacPolicy` lists is denied to all but admins. */
  readonly rbac?: boolean
  /** `none` switches the secrets store off. */
  readonly secrets?: string
  /** Default and largest size of a page. */
  readonly pageLimit?: number
  /** Further variables for the server. */
  readonly env?: Readonly<Record<string, string>>
}

/** Where a server is and who may use it. The credentials are good for this throw-away server alone. */
export interface ZenmlServer {
  readonly url: string
  readonly pid: number
  readonly apiKey: string
  readonly serviceAccount: string
  readonly adminUser: string
  readonly adminPassword: string
  /** `{"deny": ["secret:read", …]}`, read at each call; only with `rbac`. */
  readonly rbacPolicy: string | undefined
  /** The matching `zenml` command. */
  readonly client: string
  readonly state: string
  readonly log: string
}

/** A real ZenML server with an empty SQLite database on a free port of 127.0.0.1, activated, with a service account. */
export async function startZenml(options: ZenmlServerOptions = {}): Promise<ZenmlServer> {
  const folder = await install()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const state = join(cacheFolder(), 'run', `zenml-${port}`)
  rmSync(state, { recursive: true, force: true })
  for (const name of ['config', 'stores']) mkdirSync(join(state, name), { recursive: true, mode: 0o700 })
  const rbacPolicy = options.rbac ? join(state, 'rbac-policy.json') : undefined
  if (rbacPolicy) writeFileSync(rbacPolicy, '{"deny": []}')
  const started = startDetached({
    file: join(folder, 'bin/python'),
    args: ['-m', 'uvicorn', 'zenml.zen_server.zen_server_api:app', '--host', '127.0.0.1', '--port', String(port)],
    env: serverEnvironment(options, { state, rbacPolicy }),
    cwd: state,
  })
  const accounts = await activate(url, started)
  return { url, ...started, ...accounts, rbacPolicy, client: join(folder, 'bin/zenml'), state }
}

/** Ends a server and removes what it stored. */
export function stopZenml({ pid, state }: ZenmlServer): void {
  stop(pid)
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
}

function install(): Promise<string> {
  const python = ['python3.11', 'python3.12', 'python3.10', 'python3.13'].find(isOnPath)
  if (!python) throw new Error('The ZenML server needs Python 3.10 to 3.13.')
  return installOnce({
    name: `zenml-${version}`,
    script: '"$2" -m venv "$1"; "$1/bin/python" -m pip install -q --disable-pip-version-check "$3" -c "$4"',
    words: [python, `zenml[server]==${version}`, join(files, 'constraints.txt')],
  })
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, command)))
}

function serverEnvironment(
  { secrets, pageLimit, env = {} }: ZenmlServerOptions,
  { state, rbacPolicy }: { readonly state: string; readonly rbacPolicy: string | undefined },
): Readonly<Record<string, string | undefined>> {
  // A client's own settings must not reach the server.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ZENML_'))
  return {
    ...Object.fromEntries(inherited),
    ZENML_SERVER: 'true',
    ZENML_ANALYTICS_OPT_IN: 'false',
    ZENML_SERVER_ANALYTICS_OPT_IN: 'false',
    ZENML_CONFIG_PATH: join(state, 'config'),
    ZENML_LOCAL_STORES_PATH: join(state, 'stores'),
    ZENML_STORE_TYPE: 'sql',
    ZENML_STORE_URL: `sqlite:///${join(state, 'stores/zenml.db')}`,
    ZENML_SERVER_JWT_SECRET_KEY: randomBytes(32).toString('hex'),
    ZENML_SERVER_DEPLOYMENT_TYPE: 'other',
    ZENML_SERVER_AUTH_SCHEME: 'OAUTH2_PASSWORD_BEARER',
    ZENML_SERVER_DISPLAY_ANNOUNCEMENTS: 'false',
    ZENML_SERVER_DISPLAY_UPDATES: 'false',
    PYTHONDONTWRITEBYTECODE: '1',
    ...(secrets === undefined ? {} : { ZENML_SECRETS_STORE_TYPE: secrets }),
    ...(pageLimit === undefined ? {} : { ZENML_PAGINATION_DEFAULT_LIMIT: String(pageLimit) }),
    ...(rbacPolicy === undefined
      ? {}
      : {
          PYTHONPATH: files,
          ZENML_SERVER_RBAC_IMPLEMENTATION_SOURCE: 'zenml_rbac.PolicyFile',
          ZENML_TEST_RBAC_POLICY: rbacPolicy,
        }),
    ...env,
  }
}

type Accounts = Pick<ZenmlServer, 'apiKey' | 'serviceAccount' | 'adminUser' | 'adminPassword'>

async function activate(url: string, started: Started): Promise<Accounts> {
  await waitUntilReady(started, `${url}/ready`)
  const adminUser = 'admin'
  const adminPassword = randomBytes(18).toString('base64url')
  await call(url, 'PUT', {
    path: 'activate',
    json: {
      server_name: 'test',
      display_announcements: false,
      display_updates: false,
      admin_username: adminUser,
      admin_password: adminPassword,
    },
  })
  const token = await logIn(url, { username: adminUser, password: adminPassword })
  const serviceAccount = 'ci'
  const account = await call(url, 'POST', {
    path: 'service_accounts',
    json: { name: serviceAccount, active: true },
    token,
  })
  const key = await call(url, 'POST', { path: `service_accounts/${account.id}/api_keys`, json: { name: 'ci' }, token })
  return { apiKey: key.body.key, serviceAccount, adminUser, adminPassword }
}

/** A token for a user, or with the password alone for an API key. */
export async function logIn(url: string, form: Readonly<Record<string, string>>): Promise<string> {
  return (await call(url, 'POST', { path: 'login', form })).access_token
}

interface Request {
  readonly path: string
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly token?: string
}

/** A call of the server's API that has to succeed. */
// biome-ignore lint/suspicious/noExplicitAny: what answers hold is up to the server.
export async function call(url: string, method: string, { path, json, form, token }: Request): Promise<any> {
  const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const response = await fetch(`${url}/api/v1/${path}`, { method, headers, body, signal: AbortSignal.timeout(60_000) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`)
  return JSON.parse(text)
}

if (import.meta.main) {
  const { values } = (await import('node:util')).parseArgs({
    options: { rbac: { type: 'boolean' }, secrets: { type: 'string' }, 'page-limit': { type: 'string' } },
  })
  const pageLimit = values['page-limit'] === undefined ? {} : { pageLimit: Number(values['page-limit']) }
  const { rbac = false, secrets } = values
  const server = await startZenml({ rbac, ...(secrets === undefined ? {} : { secrets }), ...pageLimit })
  console.log(JSON.stringify(server))
}
