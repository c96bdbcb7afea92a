/** What a run finds around it. Edges hand it in; nothing else reads the environment. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute path. */
  readonly cwd: string
  /** Absolute path. */
  readonly homedir: string
  /** As in `process.platform`. */
  readonly platform: string
}
