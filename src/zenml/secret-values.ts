import { fields, layered, text } from './json.ts'
import { type Listing, listAll } from './pages.ts'
import { unverified, type ZenmlResult } from './result.ts'
import { type ListedSecret, readSecret } from './secrets.ts'
import type { ZenmlServer } from './server.ts'

/** A secret with what lists tell of its age. */
export interface DatedSecret extends ListedSecret {
  /** ISO 8601 in UTC. */
  readonly created: string | undefined
  readonly updated: string | undefined
}

const pageSize = 5_000

/** All secrets the identity sees, a page for each 5,000 where the server has no lower limit of its own. */
export function listAllSecrets(server: ZenmlServer, signal: AbortSignal): Promise<Listing<DatedSecret>> {
  return listAll(server, { path: ['secrets'], size: pageSize, item: readDated, signal })
}

function readDated(item: ReadonlyMap<string, unknown>): DatedSecret | undefined {
  const secret = readSecret(item)
  return secret && { ...secret, created: instant(layered(item, 'created')), updated: instant(layered(item, 'updated')) }
}

/** The server writes UTC and leaves out that it is. */
function instant(value: unknown): string | undefined {
  const [, time] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:Z|\+00:00)?$/.exec(text(value) ?? '') ?? []
  if (time === undefined) return undefined
  const parsed = new Date(`${time}Z`)
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString()
}

/** Keys and values of a secret, for its store alone; `null` is a value that the identity may not see. */
export async function readSecretValues(
  server: ZenmlServer,
  { id }: ListedSecret,
  signal: AbortSignal,
): Promise<ZenmlResult<ReadonlyMap<string, string | null>>> {
  const answer = await server.read({ path: ['secrets', id], signal })
  if ('trouble' in answer) return answer
  const values = fields(layered(fields(answer.value) ?? new Map(), 'values'))
  return values && areTexts(values)
    ? { value: values }
    : unverified('The ZenML server answered with a secret of an unknown shape. Its version may be unknown here.')
}

function areTexts(values: ReadonlyMap<string, unknown>): values is ReadonlyMap<string, string | null> {
  return [...values.values()].every(value => typeof value === 'string' || value === null)
}
