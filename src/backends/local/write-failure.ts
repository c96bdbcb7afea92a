import { displayable } from '../../text/displayable.ts'
import { SecretStoreError } from '../secret-store.ts'

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'There is no permission to write it. Run as its owner, or choose another file with --secrets-file.'],
  ['EPERM', 'There is no permission to write it. Run as its owner, or choose another file with --secrets-file.'],
  ['EROFS', 'The file system is read-only. Choose a file elsewhere with --secrets-file.'],
  ['ENOSPC', 'The disk is full. Make room, and try again.'],
  ['EDQUOT', 'The disk quota is used up. Make room, and try again.'],
  ['EEXIST', 'A part of its path is no folder. Correct the path.'],
  ['ENOTDIR', 'A part of its path is no folder. Correct the path.'],
  ['EISDIR', 'It is a folder. Give the path of a file.'],
  ['ENAMETOOLONG', 'Its path is too long. Choose another file with --secrets-file.'],
])

/** What kept the file from being written, as a sentence. An abort and what already is one stay as they are. */
export function writeFailure(error: unknown, path: string): unknown {
  if (error instanceof SecretStoreError || !(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  const trouble = code === 'EACCES' || code === 'EPERM' ? 'denied' : 'failed'
  const reason = reasons.get(code) ?? `The system said ${displayable(code, 40)}. Correct that, and try again.`
  return new SecretStoreError(
    trouble,
    `The local secrets file "${displayable(path, 500)}" could not be written, and is as it was. ${reason}`,
  )
}
