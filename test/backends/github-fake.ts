import { type FakeAnswer, type FakeRequest, type HttpFake, startFake } from '../../scripts/servers/contract-fake.ts'
import { makeBoxKeys, openSealedBox } from './open-sealed-box.ts'

/** The secrets of the repository `acme/app` on a GitHub in this process. */
export interface FakeGithub extends HttpFake {
  /** What was encrypted, by the name of the secret. */
  readonly texts: Map<string, string>
  /** Takes the key out of use, as GitHub does from time to time. */
  changeKey(): void
}

export const githubToken = 'canary-github-token-5e0c'

const root = '/repos/acme/app/actions/secrets'
const notFound: FakeAnswer = { status: 404, body: { message: 'Not Found' } }

/** Opens every box with its private key, and refuses one that was made with another. */
export async function startFakeGithub(): Promise<FakeGithub> {
  const texts = new Map<string, string>()
  let keys = makeBoxKeys()
  let keyId = 1
  const change = ({ method, body }: FakeRequest, name: string): FakeAnswer => {
    const isThere = texts.has(name)
    if (method === 'DELETE') return texts.delete(name) ? { status: 204, body: '' } : notFound
    const { encrypted_value: box, key_id: id } = body as { readonly encrypted_value: string; readonly key_id: string }
    const text = id === String(keyId) ? openSealedBox(box, keys) : undefined
    if (text === undefined) return { status: 422, body: { message: 'Bad request - public key is invalid canary' } }
    texts.set(name, text)
    return isThere ? { status: 204, body: '' } : { status: 201, body: {} }
  }
  const answer = (request: FakeRequest): FakeAnswer => {
    const { method, url, token } = request
    if (token !== githubToken) return { status: 401, body: { message: 'Bad credentials canary' } }
    if (!url.pathname.startsWith(root)) return notFound
    const name = decodeURIComponent(url.pathname.slice(root.length + 1)).toUpperCase()
    if (method !== 'GET') return change(request, name)
    if (name === 'PUBLIC-KEY') return { status: 200, body: { key_id: String(keyId), key: keys.publicKey } }
    if (name !== '') return texts.has(name) ? { status: 200, body: described(name) } : notFound
    return { status: 200, body: page([...texts.keys()], url.searchParams) }
  }
  return Object.assign(await startFake({ answer }), {
    texts,
    changeKey: () => {
      keys = makeBoxKeys()
      keyId++
    },
  })
}

function described(name: string) {
  return { name, created_at: '2026-01-02T03:04:05Z', updated_at: '2026-02-03T04:05:06Z' }
}

function page(names: readonly string[], query: URLSearchParams) {
  const size = Number(query.get('per_page'))
  const start = (Number(query.get('page')) - 1) * size
  return { total_count: names.length, secrets: names.slice(start, start + size).map(described) }
}
