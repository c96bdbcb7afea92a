import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'

/** What a real server answered once. */
export interface Recorded {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: any
}

/** An exchange recorded from ZenML 0.98, by the name of its file. */
export function recorded(name: string): Recorded {
  const file = join(import.meta.dirname, `../fixtures/zenml-0.98/rest/${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8')).response
}

/** Answers as the real server did. */
export function replay(response: ServerResponse, name: string) {
  const { status, headers, body } = recorded(name)
  const isJson = headers['content-type']?.startsWith('application/json')
  response.writeHead(status, headers)
  response.end(isJson ? JSON.stringify(body) : String(body))
}
