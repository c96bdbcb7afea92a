import type { Readable } from 'node:stream'

/** The text of a body, or `undefined`, with the connection closed, as soon as it is longer than `limit` bytes. */
export async function readBody(body: Readable, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) {
      body.destroy()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Whether a content type is JSON, such as `application/json; charset=utf-8` or `application/problem+json`. */
export function isJsonType(contentType: string | undefined): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === 'application/json' || /^application\/[a-z0-9.-]{1,60}\+json$/.test(type)
}

/** What changes a value while it is parsed, as for `JSON.parse`. */
export type Reviver = (key: string, value: unknown) => unknown

/** The parsed text; `undefined`, which no JSON is, where it is none. What V8 says of it quotes the text, so it is dropped. */
export function parseJson(text: string, revive: Reviver | undefined): unknown {
  try {
    return JSON.parse(text, revive)
  } catch {
    return undefined
  }
}
