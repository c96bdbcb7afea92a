import { fields } from './json.ts'

/**
 * What a ZenML server's error says, in a word that quotes nothing of it: the class of the exception, such as `KeyError`,
 * or `not-found` (no such path), `text`, `busy`, `unexpected`, `validation`. `undefined` for JSON that is none of its shapes:
 * `{detail: [class, message]}`, `{detail: text}`, `[class, message]`, `{error: text}`, `{detail: text, request_id}`.
 */
export function zenmlError(json: unknown): string | undefined {
  if (Array.isArray(json)) return className(json)
  const error = fields(json)
  if (!error) return undefined
  const detail = error.get('detail')
  if (Array.isArray(detail)) return className(detail) ?? 'validation'
  if (typeof detail === 'string') {
    if (error.has('request_id')) return 'unexpected'
    return detail === 'Not Found' ? 'not-found' : 'text'
  }
  return typeof error.get('error') === 'string' ? 'busy' : undefined
}

function className([name]: readonly unknown[]): string | undefined {
  return typeof name === 'string' && /^[A-Z][A-Za-z]{1,60}$/.test(name) ? name : undefined
}
