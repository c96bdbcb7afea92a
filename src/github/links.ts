import type { Environment, GithubEvent } from './event.ts'

/** Addresses to put into reports. All come from the runner, and from nothing a repository holds. */
export interface Links {
  /** The page of this workflow run. */
  readonly run: string | undefined
  /** Base of the checked files at their commit. */
  readonly files: string | undefined
  /** Base of this action's own repository at the version in use; absent for an action that is used by a local path. */
  readonly docs: string | undefined
}

export function linksOf(env: Environment, { repository, sha }: GithubEvent): Links {
  const server = /^https?:\/\/[\w.:-]{1,200}$/.exec(env.GITHUB_SERVER_URL ?? '')?.[0]
  const home = server && repository && `${server}/${repository.owner}/${repository.name}`
  const run = /^\d{1,20}$/.exec(env.GITHUB_RUN_ID ?? '')?.[0]
  const action = /^[\w.-]{1,100}\/[\w.-]{1,100}$/.exec(env.GITHUB_ACTION_REPOSITORY ?? '')?.[0]
  const version = /^[\w.-][\w./-]{0,200}$/.exec(env.GITHUB_ACTION_REF ?? '')?.[0]
  return {
    run: home && run && `${home}/actions/runs/${run}`,
    files: home && sha && `${home}/blob/${sha}`,
    docs: server && action && version && `${server}/${action}/blob/${version}`,
  }
}
