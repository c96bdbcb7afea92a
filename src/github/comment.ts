/** When to comment: the input `comment`. */
export type CommentMode = 'on-failure' | 'always' | 'never'

export interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
}

export interface CommentDecision {
  readonly mode: CommentMode
  /** The comment of an earlier run. */
  readonly existing: Comment | undefined
  /** What the comment should say now, marker included. */
  readonly body: string
  /** The report's result is not `pass`. */
  readonly wrong: boolean
}

export type CommentStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly id: number }
  /** It says so already, or there is nothing to say. */
  | { readonly kind: 'nothing' }

/** Creates a comment only where something is wrong, unless `always`; updates one that is there, good news included. */
export function decideComment({ mode, existing, body, wrong }: CommentDecision): CommentStep {
  if (mode === 'never') return { kind: 'nothing' }
  if (!existing) return mode === 'always' || wrong ? { kind: 'create' } : { kind: 'nothing' }
  return plain(existing.body) === plain(body) ? { kind: 'nothing' } : { kind: 'update', id: existing.id }
}

/** GitHub may give a body back with other line ends, and without blanks around it. */
function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trim()
}
