/** What goes along with every request, and the token in it, for logs to mask. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>
  readonly token: string
}

const scope = 'https://www.googleapis.com/auth/cloud-platform'

/**
 * A token by Google's own library, from the content of a credential file or, without one, from the metadata server of
 * the machine. Rejects with the library's errors, which may quote anything.
 */
export async function fetchToken(content: Readonly<Record<string, unknown>> | undefined): Promise<Authorization> {
  const { GoogleAuth } = await import('google-auth-library')
  const auth = new GoogleAuth({ scopes: [scope], ...(content && { credentials: { ...content } }) })
  const client = await auth.getClient()
  const { token } = await client.getAccessToken()
  if (!token) throw new Error('There is no token.')
  const { quotaProjectId } = client
  const quota: Readonly<Record<string, string>> = quotaProjectId ? { 'x-goog-user-project': quotaProjectId } : {}
  return { headers: { authorization: `Bearer ${token}`, ...quota }, token }
}
