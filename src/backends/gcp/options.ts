import type { ScopeOptions } from '../secrets-manager/read-scope.ts'

/** Settings of the GCP backend. Holds no secret: credentials are what Google's own library finds. */
export interface GcpOptions extends ScopeOptions {
  /** Id or number; may come from a stack file, unchecked. */
  readonly project: string | undefined
  /** Absolute path. */
  readonly homedir: string
  /** Absolute path of the folder under check: no credentials are taken from files in it. */
  readonly workspace: string
}

export const gcpOptionRows = {
  'gcp-project': {
    description: 'Project of Google Secret Manager, where the stack file does not say it.',
    group: 'backend',
    type: 'text',
    placeholder: 'PROJECT',
    list: false,
    default: undefined,
    environment: ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT'],
    surfaces: ['check', 'action'],
  },
} as const

/** Whether a text is written like a project's id, one of a domain such as `example.com:demo` included, or its number. */
export function isGcpProject(text: string): boolean {
  return /^(?:[a-z0-9][a-z0-9.-]{1,60}:)?[a-z][a-z0-9-]{2,28}[a-z0-9]$|^\d{1,19}$/.test(text)
}
