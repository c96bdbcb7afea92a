import type { Environment } from '../../http/proxy.ts'
import { displayable } from '../../text/displayable.ts'
import { isInWorkspace } from '../in-workspace.ts'

/**
 * A token by the default chain of Azure's own library. Rejects with the library's errors, which may quote anything.
 */
export async function fetchToken(scope: string, signal: AbortSignal): Promise<string> {
  const { DefaultAzureCredential } = await import('@azure/identity')
  const { token } = await new DefaultAzureCredential().getToken(scope, { abortSignal: signal })
  return token
}

/** What names credentials or holds the extensions that Azure's command-line tools run. */
const pathVariables = [
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CONFIG_DIR',
  'AZD_CONFIG_DIR',
] as const

/** Sentences about a file of credentials that lies in the folder under check, and so may come from a pull request. */
export function ownFileProblem(workspace: string, environment: Environment): string | undefined {
  const variable = pathVariables.find(name => {
    const path = environment[name]
    return path !== undefined && path !== '' && isInWorkspace(workspace, path)
  })
  if (variable === undefined) return undefined
  return `${variable} names "${displayable(environment[variable] ?? '', 500)}" in the folder that is checked, so that anybody who may change that folder could choose the credentials or what runs. Keep it elsewhere.`
}
