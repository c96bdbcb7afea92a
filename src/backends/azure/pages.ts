import type { Next, Page } from './calls.ts'
import { type AzureFailure, malformed } from './failure.ts'
import type { Properties } from './json.ts'
import type { Result } from './request.ts'

export type Swept = { readonly end: 'complete' | 'cut' } | { readonly failure: AzureFailure }

/** Hands every page to `take`, until that wants no more. `cut`: there are pages left. */
export async function readPages(
  read: (next: Next | undefined) => Promise<Result<Page>>,
  maxPages: number,
  take: (items: readonly Properties[]) => boolean,
): Promise<Swept> {
  const seen = new Set<string>()
  let next: Next | undefined
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await read(next)
    if ('failure' in page) return page
    next = page.value.next
    if (!take(page.value.items) || !next) return { end: 'complete' }
    const mark = JSON.stringify(next)
    if (seen.has(mark)) return { failure: { operation: 'list', trouble: malformed } }
    seen.add(mark)
  }
  return { end: 'cut' }
}
