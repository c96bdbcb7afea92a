import { readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Environment } from '../../http/proxy.ts'
import { displayable } from '../../text/displayable.ts'
import { isInWorkspace } from '../in-workspace.ts'
import type { GcpOptions } from './options.ts'

/** The parsed content of a credential file; `undefined` where there is none; or sentences that say why it is refused. */
export type CredentialFile =
  | { readonly content: Readonly<Record<string, unknown>> | undefined }
  | { readonly problem: string }

type Surroundings = Pick<GcpOptions, 'homedir' | 'workspace'> & { readonly environment: Environment }

const maxBytes = 256 * 1024
const wellKnownName = 'application_default_credentials.json'

/**
 * Reads the file that Google's library would: that of `GOOGLE_APPLICATION_CREDENTIALS`, else the one gcloud writes. It is
 * read once, so that what is judged is what is used. A file in the folder under check may come from a pull request, and
 * can name any file to read and any address to send it to.
 */
export function readCredentialFile({ environment, homedir, workspace }: Surroundings): CredentialFile {
  const named = environment.GOOGLE_APPLICATION_CREDENTIALS
  const file = named ? resolve(named) : wellKnown()
  if (file === undefined) return { content: undefined }
  const isOwn = named ? isFromAuthAction(file, environment) : resolve(homedir) === resolve(workspace)
  if (!isOwn && isInWorkspace(workspace, file)) return refused(file)
  const content = parse(file)
  if (content === 'absent') return named ? unreadable(file) : { content: undefined }
  if (content === 'unreadable') return unreadable(file)
  return runsProgram(content) ? runs(file) : { content }

  function wellKnown(): string | undefined {
    if (environment.CLOUDSDK_CONFIG) return join(environment.CLOUDSDK_CONFIG, wellKnownName)
    if (process.platform === 'win32') return environment.APPDATA && join(environment.APPDATA, 'gcloud', wellKnownName)
    return join(homedir, '.config', 'gcloud', wellKnownName)
  }
}

/**
 * google-github-actions/auth writes into the workspace, under a name nobody can know before, and says where. Nothing in
 * a checkout can set that variable.
 */
function isFromAuthAction(file: string, { GOOGLE_GHA_CREDS_PATH: made }: Environment): boolean {
  return made !== undefined && resolve(made) === file && /^gha-creds-[0-9a-f]{16}\.json$/.test(basename(file))
}

function parse(file: string): Readonly<Record<string, unknown>> | 'absent' | 'unreadable' {
  try {
    const { size } = statSync(file)
    if (size > maxBytes) return 'unreadable'
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isObject(content) && typeof content.type === 'string' ? content : 'unreadable'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unreadable'
  }
}

/** One that impersonates holds the credentials it starts from. */
function runsProgram(content: Readonly<Record<string, unknown>>): boolean {
  const { credential_source: source, source_credentials: inner } = content
  return (isObject(source) && 'executable' in source) || (isObject(inner) && runsProgram(inner))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refused(file: string): CredentialFile {
  return {
    problem: `Google's credential file "${displayable(file, 500)}" lies in the folder that is checked, so that anybody who may change that folder could choose the credentials or where they are sent. Keep it elsewhere, or let google-github-actions/auth make it.`,
  }
}

function unreadable(file: string): CredentialFile {
  return {
    problem: `Google's credential file "${displayable(file, 500)}" cannot be read as credentials. Correct GOOGLE_APPLICATION_CREDENTIALS or make the file again.`,
  }
}

function runs(file: string): CredentialFile {
  return {
    problem: `Google's credential file "${displayable(file, 500)}" names a program to run, which is not allowed here. Use workload identity with a file or an address as its source.`,
  }
}
