import { SecretStoreError } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean } from '../../exit-code.ts'
import { hasFlag, type Invocation, namesOf, textOf } from './invocation.ts'
import { maskedTable, table } from './masked-table.ts'
import { existing, refuseInCi, refuseUnreadable } from './refusals.ts'
import type { Session } from './session.ts'

/** `secret get NAME`: keys with `***`; the values with `--reveal`; one value and nothing else with `--key`. */
export async function get(invocation: Invocation, session: Session): Promise<number> {
  const { io, store } = session
  const [name = ''] = namesOf(invocation, { least: 1, most: 1 })
  const key = textOf(invocation, 'key')
  const reveals = hasFlag(invocation, 'reveal')
  if (key !== undefined && reveals) throw new SettingsError(['--key prints the value already. Leave out --reveal.'])
  if (reveals) refuseInCi(io, hasFlag(invocation, 'yes'))
  refuseUnreadable(store, 'showing a secret')
  const { values } = await existing(name, session)
  if (key !== undefined) {
    const value = values.get(key)
    if (value === undefined) throw absentKey(name, key, values.keys())
    io.stdout.write(io.stdout.isTTY ? `${displayable(value, Number.POSITIVE_INFINITY)}\n` : value)
    return clean
  }
  if (!reveals) io.stdout.write(maskedTable(values.keys()))
  else {
    const shown = [...values].map(([entry, value]) => [entry, displayable(value, Number.POSITIVE_INFINITY)])
    io.stdout.write(table(['SECRET_KEY', 'SECRET_VALUE'], shown))
    if ([...values].some(([, value], index) => shown[index]?.[1] !== value)) {
      io.stderr.write(
        'Line ends and other characters that are not safe to print are shown as escapes; --key prints a value as it is.\n',
      )
    }
  }
  return clean
}

function absentKey(name: string, key: string, keys: Iterable<string>): SecretStoreError {
  const has = [...keys].map(other => displayable(other)).join(', ')
  return new SecretStoreError(
    'absent',
    `The secret ${quoted(name)} has no key ${quoted(key)}. It has: ${has || 'none'}.`,
  )
}
