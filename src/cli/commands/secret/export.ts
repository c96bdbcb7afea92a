import { promises } from 'node:fs'
import { resolve } from 'node:path'
import type { SecretValues } from '../../../backends/secret-store.ts'
import { errorCode } from '../../../files/open.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { writeScalar } from '../../../yaml/write-scalar.ts'
import { clean } from '../../exit-code.ts'
import { hasFlag, type Invocation, namesOf, textOf } from './invocation.ts'
import { existing, refuseInCi, refuseUnreadable } from './refusals.ts'
import type { Session } from './session.ts'

/** `secret export NAME`: clear text, as ZenML writes it, into a file that its owner alone may read, or to stdout with `--reveal`. */
export async function exportSecret(invocation: Invocation, session: Session): Promise<number> {
  const { io, store } = session
  const [name = ''] = namesOf(invocation, { least: 1, most: 1 })
  const reveals = hasFlag(invocation, 'reveal')
  const file = textOf(invocation, 'file')
  if (reveals && file !== undefined) throw new SettingsError(['--reveal prints, and --file writes a file. Give one.'])
  if (reveals) refuseInCi(io, hasFlag(invocation, 'yes'))
  refuseUnreadable(store, 'exporting a secret')
  const path = reveals ? undefined : resolve(io.cwd, file ?? defaultFile(name))
  const { values } = await existing(name, session)
  const text = yamlOf(values)
  if (path === undefined) io.stdout.write(text)
  else {
    await writePrivately(path, text, hasFlag(invocation, 'force'))
    io.stderr.write(
      `Secret ${quoted(name)} was exported in clear text to ${quoted(path, 1000)}. Keep it out of version control.\n`,
    )
  }
  return clean
}

function defaultFile(name: string): string {
  if (/^[A-Za-z0-9_][\w .@+=-]*$/.test(name)) return `${name}.yaml`
  throw new SettingsError([`The name ${quoted(name)} makes no name of a file. Give one with --file.`])
}

function yamlOf(values: SecretValues): string {
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  if (sorted.length === 0) return '{}\n'
  return sorted.map(([key, value]) => `${writeScalar(key)}: ${writeScalar(value)}\n`).join('')
}

const readableByOwner = 0o600

async function writePrivately(path: string, text: string, force: boolean): Promise<void> {
  try {
    // A file with other permissions must not be written into: it is made anew.
    if (force) await promises.rm(path, { force: true })
    const file = await promises.open(path, 'wx', readableByOwner)
    try {
      await file.writeFile(text)
    } catch (error) {
      await promises.rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST')
      throw new SettingsError([
        `The file ${quoted(path, 1000)} exists already. Give --force to replace it, or another file with --file.`,
      ])
    throw new SettingsError([
      `The file ${quoted(path, 1000)} could not be written (${displayable(code)}). Give another with --file.`,
    ])
  }
}
