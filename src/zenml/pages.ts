import { fields } from './json.ts'
import { unverified, type ZenmlResult, type ZenmlTrouble } from './result.ts'
import type { ZenmlRead, ZenmlServer } from './server.ts'

export interface ListRequest<T> extends ZenmlRead {
  /** Items to ask for in a page, 1 to 10000; a server may have a lower limit of its own, which is then taken. */
  readonly size: number
  /** Reads one item; `undefined` for one of another shape, which makes the list unreadable. */
  readonly item: (item: ReadonlyMap<string, unknown>) => T | undefined
}

/** What a list held. With `trouble` there may be more items than were read. */
export interface Listing<T> {
  readonly items: readonly T[]
  readonly trouble: ZenmlTrouble | undefined
}

const maxPages = 200
const maxBytes = 8 * 2 ** 20

/** Servers whose limit is below the size we ask for: they are asked without one. */
const limited = new WeakSet<ZenmlServer>()

/** Reads all pages of a list, each item once by its id. */
export async function listAll<T extends { readonly id: string }>(
  server: ZenmlServer,
  request: ListRequest<T>,
): Promise<Listing<T>> {
  const items = new Map<string, T>()
  const stop = (trouble: ZenmlTrouble | undefined): Listing<T> => ({ items: [...items.values()], trouble })
  for (let number = 1; number <= maxPages; number++) {
    const page = await readPage(server, request, number)
    if ('trouble' in page) return stop(page.trouble)
    const before = items.size
    for (const item of page.value.items) items.set(item.id, item)
    const { pages, total } = page.value
    if (number >= pages) return stop(items.size < total ? changed.trouble : undefined)
    if (items.size === before) return stop(repeated.trouble)
  }
  return stop(endless.trouble)
}

const changed = unverified('The list changed while it was read, or the server counts wrongly. Run again.')
const repeated = unverified('The ZenML server repeats pages of its list, so that the list cannot be read.')
const endless = unverified(`The list has more than ${maxPages} pages, which is more than is read.`)
const unreadable = unverified(
  'The ZenML server answered with a list of an unknown shape. Its version may be unknown here.',
)

interface Page<T> {
  readonly items: readonly T[]
  readonly pages: number
  readonly total: number
}

async function readPage<T>(
  server: ZenmlServer,
  { size, item, query = [], ...request }: ListRequest<T>,
  number: number,
): Promise<ZenmlResult<Page<T>>> {
  const pageOf = number === 1 ? [] : [['page', String(number)] as const]
  const ask = (sizes: NonNullable<ZenmlRead['query']>) =>
    server.read({ maxBytes, ...request, query: [...query, ...sizes, ...pageOf] })
  const sized = !limited.has(server)
  let answer = await ask(sized ? [['size', String(size)]] : [])
  if (sized && number === 1 && 'trouble' in answer && answer.trouble.status === 422) {
    answer = await ask([])
    if (!('trouble' in answer)) limited.add(server)
  }
  if ('trouble' in answer) return answer
  const page = parsePage(answer.value, item)
  return page ? { value: page } : unreadable
}

function parsePage<T>(json: unknown, read: ListRequest<T>['item']): Page<T> | undefined {
  const page = fields(json)
  const list = page?.get('items')
  const pages = page?.get('total_pages')
  const total = page?.get('total')
  if (!Array.isArray(list) || !isCount(pages) || !isCount(total)) return undefined
  const items: T[] = []
  for (const entry of list) {
    const entryFields = fields(entry)
    const item = entryFields && read(entryFields)
    if (item === undefined) return undefined
    items.push(item)
  }
  return { items, pages, total }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
