import type { Concealed } from '../text/concealed.ts'

/** How to log in: an API key, a token that is used as it is, or a user with a password. */
export type ZenmlCredentials =
  | { readonly kind: 'api-key'; readonly apiKey: Concealed }
  | { readonly kind: 'token'; readonly token: Concealed }
  | { readonly kind: 'user'; readonly username: string; readonly password: Concealed }

export const credentialWords = {
  'api-key': 'the API key',
  token: 'the API token',
  user: 'the user name and password',
} as const satisfies Record<ZenmlCredentials['kind'], string>

/**
 * The form of `POST /login`. A key goes alone: with a user name beside it, it would be taken for a password. A token
 * needs no login.
 */
export function loginForm(credentials: ZenmlCredentials): readonly (readonly [string, string])[] | undefined {
  switch (credentials.kind) {
    case 'api-key':
      return [['password', credentials.apiKey.reveal().trim()]]
    case 'user':
      return [
        ['username', credentials.username],
        ['password', credentials.password.reveal()],
      ]
    case 'token':
      return undefined
  }
}

/** Texts that must never be shown: what was given, and the part of an API key that is the key itself. */
export function hiddenTexts(credentials: ZenmlCredentials): readonly string[] {
  switch (credentials.kind) {
    case 'api-key': {
      const key = credentials.apiKey.reveal().trim()
      const inner = innerKey(key)
      return inner === undefined ? [key] : [key, inner]
    }
    case 'user':
      return [credentials.password.reveal()]
    case 'token':
      return [credentials.token.reveal().trim()]
  }
}

/** `ZENKEY_` and `ZENPROKEY_` are followed by base64 of `{"id": …, "key": …}`. */
function innerKey(key: string): string | undefined {
  const encoded = /^ZEN(?:PRO)?KEY_(.+)$/.exec(key)?.[1]
  if (encoded === undefined) return undefined
  return /"key"\s*:\s*"([^"]{8,})"/.exec(Buffer.from(encoded, 'base64').toString('utf8'))?.[1]
}
