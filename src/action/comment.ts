import type { GithubEvent, PullRequest, Repository } from '../github/event.ts'
import { linksOf } from '../github/links.ts'
import { type CommentOutcome, keepComment } from '../github/sticky-comment.ts'
import { renderComment } from '../reports/comment.ts'
import type { Report } from '../validation/report.ts'
import type { Note } from './notes.ts'
import type { Run } from './run.ts'
import type { Runner } from './runner.ts'

export interface CommentResult {
  readonly url?: string
  readonly notes: readonly Note[]
}

/** A comment is worth no longer wait. */
const longest = 60_000

/** Brings the comment on the pull request up to date, where this is one and its token could write. */
export async function commentOn(report: Report, { values, event }: Run, runner: Runner): Promise<CommentResult> {
  const mode = values.comment
  const target = targetOf(event)
  if (mode === 'never' || !target || report.result === 'error') return { notes: [] }
  if (target.pullRequest.fork) {
    runner.print('No comment was written: the token of a pull request from a fork can only read.\n')
    return { notes: [] }
  }
  const token = values['github-token']
  if (token === undefined) return { notes: [{ level: 'warning', text: noToken }] }
  const { run, files, docs } = linksOf(runner.env, event)
  const { headSha, number } = target.pullRequest
  const outcome = await keepComment(
    {
      mode,
      key: commentKey(values['comment-key'], runner.env),
      body: renderComment(report, { sha: headSha, runUrl: run, filesUrl: files, docsUrl: docs }),
      wrong: report.result !== 'pass',
      headSha,
    },
    {
      token,
      apiUrl: runner.env.GITHUB_API_URL || undefined,
      repository: target.repository,
      number,
      signal: AbortSignal.any([runner.signal, AbortSignal.timeout(longest)]),
    },
  )
  return resultOf(outcome)
}

interface Target {
  readonly repository: Repository
  readonly pullRequest: PullRequest
}

function targetOf({ repository, pullRequest }: GithubEvent): Target | undefined {
  return repository && pullRequest && { repository, pullRequest }
}

/** Every use of the action has a comment of its own: one that passes must not say all is clear for one that failed. */
function commentKey(key: string | undefined, env: Runner['env']): string {
  return JSON.stringify([env.GITHUB_WORKFLOW ?? '', env.GITHUB_JOB ?? '', env.GITHUB_ACTION ?? '', key ?? ''])
}

function resultOf(outcome: CommentOutcome): CommentResult {
  switch (outcome.kind) {
    case 'written':
    case 'unchanged':
      return { url: outcome.url, notes: [] }
    case 'none':
      return { notes: [] }
    case 'outdated':
      return { notes: [{ level: 'notice', text: outcome.notice }] }
    case 'failed':
      return { notes: [{ level: 'warning', text: outcome.warning }] }
  }
}

const noToken =
  'No comment was written: there is no token. Give one as the input github-token, or set comment to never.'
