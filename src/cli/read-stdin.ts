import { isUtf8 } from 'node:buffer'
import { SettingsError } from '../settings/settings.ts'
import type { Io } from './io.ts'

/**
 * All of standard input as text.
 * @throws SettingsError where it is more than `maxBytes` or no UTF-8 text.
 */
export async function readStdin(io: Io, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of io.openStdin?.() ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new SettingsError([`Standard input holds more than ${maxBytes} bytes. Give less.`])
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8')
  throw new SettingsError(['Standard input is no UTF-8 text. Give YAML, JSON or lines of KEY=value.'])
}
