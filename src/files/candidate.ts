/** What to look at, from arguments or inputs. */
export interface FileQuery {
  /** Absolute path of the working directory (action: the workspace). Paths in results are relative to it, with `/`. */
  readonly root: string
  /** Files, directories or globs, relative to `root` or absolute. Empty: everything discovery finds below `root`. */
  readonly paths: readonly string[]
  /** Globs of files to leave out; a literal file path in `paths` wins over them. */
  readonly exclude: readonly string[]
  /** Refuse whatever lies outside `root` (the action); otherwise the user may name any path (the command line). */
  readonly confined: boolean
}

/** A file to open. */
export interface Candidate {
  /** Relative to `root`, with `/`; not safe to print. */
  readonly path: string
  /** Named by path or matched by a glob of the user, as against found in a directory: trouble with it is reported. */
  readonly named: boolean
  /**
   * The directory, relative to `root`, that was searched to find this file and that it must really lie in, links
   * resolved. Absent for a path given literally, and for discovery from `root` itself.
   */
  readonly within?: string
}

export interface Discovery {
  /** Sorted by path, each once. */
  readonly files: readonly Candidate[]
  /** Arguments that match no file at all, as given. */
  readonly unmatched: readonly string[]
}

/** What opening a candidate gave. */
export type FileText =
  | { readonly kind: 'text'; readonly content: string }
  /** `reason` is a sentence for the user that quotes nothing of the file. `head`: what could be decoded, at most 1 MiB. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly head: string }
