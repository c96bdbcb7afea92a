import { argumentOf } from './arguments.ts'
import type { Collected } from './collected.ts'
import { type Call, lastPart, unknown, type Value } from './value.ts'

interface Fetch {
  readonly call: Call
  readonly receiver: Value
  readonly collected: Collected
  readonly mentionsZenml: boolean
}

const nameArguments: readonly string[] = ['name_id_or_prefix', 'secret_name', 'name', 'name_or_id']

/** `receiver.get_secret(…)`. Whether it is ZenML's may show only when `secret_values` is read from the result. */
export function fetchSecret({ call, receiver, collected, mentionsZenml }: Fetch): Value {
  const isSure = proves(receiver, mentionsZenml)
  const argument = argumentOf(call.items, nameArguments, 0)
  const name = argument && collected.nameOf(argument)
  if (isSure === undefined || !name) return unknown
  return { kind: 'secrets', uses: [collected.addUse(call.offset, name, isSure)], part: 'whole' }
}

/** Whether an object is ZenML's client or one of its secrets managers; `undefined` where it surely is neither. */
function proves(receiver: Value, mentionsZenml: boolean): boolean | undefined {
  switch (receiver.kind) {
    case 'client':
      return !receiver.isAssumed
    case 'manager':
      return true
    case 'name':
      return mentionsZenml && receiver.root !== 'import' && lastPart(receiver.path) === 'secrets_manager'
    case 'unknown':
    case 'method':
      return false
    default:
      return undefined
  }
}
