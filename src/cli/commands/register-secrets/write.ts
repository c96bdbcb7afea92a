import { SecretStoreError, type SecretValues } from '../../../backends/secret-store.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { Interrupted } from '../../interrupted.ts'
import type { Io } from '../../io.ts'
import { maskedTable } from '../secret/masked-table.ts'
import type { Values } from './given.ts'
import type { Target } from './targets.ts'

/** One secret to be registered or changed. */
interface Write {
  readonly target: Target
  readonly values: SecretValues
}

/** What there is to write: new secrets, then changed ones, as ZenML does it. */
export function writesOf(values: Values): readonly Write[] {
  const all = [...values].filter(([, set]) => set.size > 0).map(([target, set]) => ({ target, values: set }))
  return [...all.filter(({ target }) => !target.stored), ...all.filter(({ target }) => target.stored)]
}

/** Values that are there already and would be others, as `name.key`. */
export function replacedBy(writes: readonly Write[]): readonly string[] {
  return writes.flatMap(({ target: { secret, stored }, values }) =>
    [...values.keys()].filter(key => stored?.values.get(key)).map(key => `${secret}.${key}`),
  )
}

/**
 * Writes one after the other and reports each.
 * @throws SecretStoreError, Interrupted at the first that fails, after saying what was written and what was not.
 */
export async function writeAll(writes: readonly Write[], io: Io): Promise<void> {
  for (const [index, write] of writes.entries()) {
    try {
      await writeOne(write, io)
    } catch (error) {
      const { secret } = write.target
      const done = `Written: ${names(writes.slice(0, index))}. Not written: ${names(writes.slice(index + 1))}. Run the same again to go on from here.`
      const failed = `The secret ${quoted(secret)} was not written, as far as is known.`
      if (io.signal.aborted) {
        io.stderr.write(`${failed} ${done}\n`)
        throw new Interrupted()
      }
      if (error instanceof SecretStoreError)
        throw new SecretStoreError(error.trouble, `${failed} ${error.message} ${done}`)
      io.stderr.write(`${failed} ${done}\n`)
      throw error
    }
  }
}

function names(writes: readonly Write[]): string {
  return writes.length === 0 ? 'none' : writes.map(({ target }) => displayable(target.secret)).join(', ')
}

async function writeOne({ target, values }: Write, io: Io): Promise<void> {
  const { secret, stored, session } = target
  const where = displayable(session.store.description)
  const what = `secret \`${displayable(secret)}\``
  io.stderr.write(`${stored ? 'Updating' : 'Registering'} ${what}:\n${maskedTable(values.keys())}`)
  await session.ask(signal =>
    stored
      ? session.store.update(secret, { set: values, remove: new Set() }, signal)
      : session.store.create({ name: secret, values, schema: 'arbitrary', isPrivate: false }, signal),
  )
  io.stderr.write(`The secret ${quoted(secret)} was ${stored ? 'updated' : 'registered'} in ${where}.\n`)
}
