import { join, resolve } from 'node:path'
import { isInWorkspace } from '../in-workspace.ts'
import type { AwsOptions } from './options.ts'

type Surroundings = Pick<AwsOptions, 'environment' | 'homedir' | 'workspace'>

/**
 * The first of AWS's configuration and credential files that exists inside the folder under check. Such a file may come
 * from a pull request, and can name a command to run (`credential_process`) or an endpoint to send requests to.
 */
export function fileInWorkspace({ environment, homedir, workspace }: Surroundings): string | undefined {
  const home = resolve(homedir) === resolve(workspace) ? undefined : homedir
  const files = [
    fileOf(environment.AWS_CONFIG_FILE, 'config'),
    fileOf(environment.AWS_SHARED_CREDENTIALS_FILE, 'credentials'),
  ]
  return files.find(file => file !== undefined && isInWorkspace(workspace, file))

  function fileOf(named: string | undefined, name: string): string | undefined {
    if (named) return named.startsWith('~/') ? join(homedir, named.slice(2)) : resolve(named)
    return home && join(home, '.aws', name)
  }
}
