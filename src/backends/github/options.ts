import type { Concealed } from '../../text/concealed.ts'

/** Settings of the GitHub backend. */
export interface GithubOptions {
  /** Such as `acme/app`; may come from a stack file, unchecked. Needed to list secrets, not inside a job that maps them. */
  readonly repository: string | undefined
  /** Lists secrets where `GITHUB_AUTHENTICATION_TOKEN`, ZenML's own variable, holds no token. */
  readonly token: Concealed | undefined
}

export const githubOptionRows = {
  'github-repository': {
    description: 'Repository whose secrets are looked up, such as acme/app, where the stack file does not say it.',
    group: 'backend',
    type: 'text',
    placeholder: 'OWNER/NAME',
    list: false,
    default: undefined,
    // GITHUB_REPOSITORY is set in every job, so that it chooses no backend.
    environment: [],
    surfaces: ['check', 'action'],
  },
} as const
