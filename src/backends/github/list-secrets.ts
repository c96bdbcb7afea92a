import type { Answer } from '../backend.ts'
import type { Repository } from './connect.ts'
import { type Doubt, doubtOf } from './failure.ts'

/** The secrets of a repository by name. `doubt`: what to say of names that are not among them. */
export interface SecretList extends Partial<Pick<Doubt, 'isRefused'>> {
  readonly secrets: ReadonlyMap<string, SecretDates>
  readonly doubt: Answer | undefined
}

/** As GitHub writes them. */
export interface SecretDates {
  readonly created: string | undefined
  readonly updated: string | undefined
}

const pageSize = 100
/** GitHub keeps 100 secrets for a repository. */
const maxPages = 20

/** Lists every page; what was found stays found, whatever happens after. */
export async function listSecrets({ client, name, path }: Repository, signal: AbortSignal): Promise<SecretList> {
  const secrets = new Map<string, SecretDates>()
  for (let page = 1; page <= maxPages; page++) {
    const query = [
      ['per_page', String(pageSize)],
      ['page', String(page)],
    ] as const
    const result = await client.request({ method: 'GET', path, query, signal })
    if ('trouble' in result) return { secrets, ...doubtOf(result.trouble, name) }
    const read = readPage(result.json)
    if (!read) return { secrets, doubt: notUnderstood }
    const before = secrets.size
    for (const [secret, dates] of read.secrets) secrets.set(secret, dates)
    if (secrets.size >= read.total) return { secrets, doubt: undefined }
    if (secrets.size === before) break
  }
  return { secrets, doubt: incomplete }
}

interface Page {
  readonly secrets: readonly (readonly [string, SecretDates])[]
  readonly total: number
}

function readPage(json: unknown): Page | undefined {
  const { secrets: listed, total_count: total } = (json ?? {}) as {
    readonly secrets?: unknown
    readonly total_count?: unknown
  }
  if (!Array.isArray(listed) || typeof total !== 'number') return undefined
  const secrets: Page['secrets'][number][] = []
  for (const entry of listed) {
    const { name, created_at: created, updated_at: updated } = (entry ?? {}) as Readonly<Record<string, unknown>>
    if (typeof name !== 'string') return undefined
    secrets.push([name, { created: text(created), updated: text(updated) }])
  }
  return { secrets, total }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}

const notUnderstood = unverified('GitHub answered with something other than a list of secrets. Check GITHUB_API_URL.')
const incomplete = unverified(
  'GitHub counts more secrets than it lists, so that none is known to be missing. Try again.',
)
