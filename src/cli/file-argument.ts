import { isUtf8 } from 'node:buffer'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { errorCode, readBounded } from '../files/open.ts'
import { SettingsError } from '../settings/settings.ts'
import { displayable, quoted } from '../text/displayable.ts'
import type { Io } from './io.ts'

/** Bytes of a file that holds one value, as ZenML has it. */
const maxValueBytes = 10_240

/**
 * What a value means that was typed: `@path` is the text of the file, its final newline kept, `@@x` is `@x`, and all
 * else is itself. Says on standard error which file was read, never what it holds.
 * @throws SettingsError where the file cannot be read, is no text, or holds more than 10,240 bytes.
 */
export function expandArgument(key: string, value: string, io: Io): string {
  if (value.startsWith('@@')) return value.slice(1)
  if (!value.startsWith('@')) return value
  const argument = `Could not load argument ${quoted(key)}`
  const text = readTextFile(value.slice(1), io, { what: argument, maxBytes: maxValueBytes })
  const path = displayable(absolutePath(value.slice(1), io), 1000)
  io.stderr.write(`Expanding argument value ${displayable(key)} to contents of file ${path}.\n`)
  return text
}

/** Reads a whole file the user names as text, `~` meaning the home directory. `what`: how the message begins. */
export function readTextFile(
  path: string,
  io: Io,
  { what, maxBytes }: { readonly what: string; readonly maxBytes: number },
): string {
  const fail = (problem: string) =>
    new SettingsError([`${what}: the file ${quoted(path === '' ? '' : absolutePath(path, io), 1000)} ${problem}`])
  if (path === '')
    throw new SettingsError([`${what}: no file is named after the "@". Write @@ for a value that begins with @.`])
  const opened = readBounded(realPath(absolutePath(path, io)), maxBytes)
  switch (opened.kind) {
    case 'bytes':
      if (opened.bytes.includes(0) || !isUtf8(opened.bytes)) {
        throw fail('is binary, where a secret holds text. Encode it, as base64 for one, and give that.')
      }
      return opened.bytes.toString('utf8')
    case 'too-large':
      throw fail(`is too large (max size is ${maxBytes} bytes). Give a smaller one.`)
    case 'directory':
      throw fail('is a directory. Give the path of a file.')
    case 'irregular':
      throw fail('is no regular file. Give the path of a file.')
    default:
      throw fail('does not exist or is not readable. Correct the path, or write @@ for a value that begins with @.')
  }
}

function absolutePath(path: string, { cwd, homedir }: Io): string {
  return path === '~' || path.startsWith('~/') ? join(homedir, path.slice(1)) : resolve(cwd, path)
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    if (errorCode(error) === '') throw error
    return path
  }
}
