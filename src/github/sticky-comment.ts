import { setTimeout as sleep } from 'node:timers/promises'
import { apiFailure, explainFailure, isPassing } from './api-failure.ts'
import { type Comment, type CommentMode, decideComment } from './comment.ts'
import { type AuthoredComment, type CommentsApi, type CommentsApiOptions, connect } from './comments-api.ts'
import { carriesMarker, commentMarker } from './marker.ts'

/** What a comment should come to. */
export interface CommentRequest {
  readonly mode: Exclude<CommentMode, 'never'>
  /** Tells the comments of several runs on one pull request apart; any text. */
  readonly key: string
  /** Markdown, without the marker; at most some 60,000 characters, as GitHub refuses more than 65,536. */
  readonly body: string
  /** The report's result is not `pass`. */
  readonly wrong: boolean
  /** The head of the pull request that was checked. */
  readonly headSha: string
}

/** What was done. `notice` and `warning` are sentences, safe to print. */
export type CommentOutcome =
  | { readonly kind: 'written' | 'unchanged'; readonly url: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'outdated'; readonly notice: string }
  | { readonly kind: 'failed'; readonly warning: string }

/**
 * Keeps one comment on a pull request up to date. A comment is this one's own where it begins with the marker of `key`
 * and was written by the account the token writes as: `github-actions[bot]` for the workflow's own token, `<app>[bot]`
 * for that of an app, a person for theirs. Where several are, the oldest counts. Never rejects; what takes more than
 * two tries, a second apart, is given up.
 */
export async function keepComment(request: CommentRequest, options: CommentsApiOptions): Promise<CommentOutcome> {
  const run: Run = { locked: false }
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToKeep(request, await connect(options), run)
    } catch (error) {
      const failure = apiFailure(error, run.locked)
      if (attempt >= maxTries || !isPassing(failure) || options.signal.aborted) {
        return { kind: 'failed', warning: `No comment was written: ${explainFailure(failure)}` }
      }
      await sleep(pause, undefined, { signal: options.signal }).catch(() => undefined)
    }
  }
}

const maxTries = 2
const pause = 1000
const maxPages = 100

interface Run {
  locked: boolean
}

/** The whole of it, from the start: a create that seemed to fail may have left its comment, which is then found. */
async function tryToKeep(request: CommentRequest, api: CommentsApi, run: Run): Promise<CommentOutcome> {
  const { headSha, locked } = await api.pull()
  run.locked = locked
  if (headSha !== request.headSha) return { kind: 'outdated', notice: outdated }
  const marker = commentMarker(request.key)
  const body = `${marker}\n${request.body}`
  const { existing, complete } = await findOwn(api, marker)
  if (!complete) return { kind: 'failed', warning: tooMany }
  const step = decideComment({ mode: request.mode, wrong: request.wrong, existing, body })
  if (step.kind === 'nothing') return existing ? { kind: 'unchanged', url: existing.url } : { kind: 'none' }
  const { url } = step.kind === 'create' ? await api.create(body) : await api.update(step.id, body)
  return { kind: 'written', url }
}

interface Search {
  readonly existing: Comment | undefined
  /** All comments were looked at, or the search ended early with one found. */
  readonly complete: boolean
}

/** Who the token writes as is asked only where a comment carries the marker. */
async function findOwn(api: CommentsApi, marker: string): Promise<Search> {
  let viewer: string | undefined
  for (let number = 1; number <= maxPages; number++) {
    const { comments, last } = await api.page(number)
    const marked = comments.filter(({ body }) => carriesMarker(body, marker))
    if (marked.length > 0) viewer ??= await api.viewer()
    const existing = marked.find(comment => isBy(comment, viewer))
    if (existing || last) return { existing, complete: true }
  }
  return { existing: undefined, complete: false }
}

/** Logins ignore case. */
function isBy({ author }: AuthoredComment, viewer: string | undefined): boolean {
  return author !== undefined && author.toLowerCase() === viewer?.toLowerCase()
}

const outdated =
  'No comment was written: the pull request has newer commits than the ones checked, and their own run will comment.'

const tooMany =
  'No comment was written: the pull request has more than 10,000 comments, too many to look for an earlier one of ours. Set the input comment to never.'
