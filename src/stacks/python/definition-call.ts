import { argumentOf } from './arguments.ts'
import type { Collected } from './collected.ts'
import type { Call, Item, Value } from './value.ts'

/** `client.create_secret(name=…, values={…})`; on an object nothing is known of, only with values written out. */
export function defineSecret({ items, offset }: Call, receiver: Value, collected: Collected): void {
  const values = argumentOf(items, ['values'], 1)
  if (receiver.kind !== 'client' && values?.value.kind !== 'dict') return
  define(argumentOf(items, ['name'], 0), { offset, collected, keys: keysOf(values?.value) })
}

/** `ArbitrarySecretSchema(name=…, key=…)` and the other schemas of ZenML before 0.53. */
export function schemaSecret({ items, offset }: Call, collected: Collected): void {
  const others = items.filter(({ keyword }) => keyword !== 'name')
  const pairs = others.find(({ keyword }) => keyword === 'arbitrary_kv_pairs')
  const isKnown = others.length > 0 && others.every(({ keyword }) => keyword !== undefined)
  const named = new Set(others.flatMap(({ keyword }) => keyword ?? []))
  const keys = pairs ? keysOf(pairs.value) : isKnown ? named : 'unknown'
  define(argumentOf(items, ['name'], -1), { offset, collected, keys })
}

type Keys = ReadonlySet<string> | 'unknown'

interface Defined {
  readonly offset: number
  readonly collected: Collected
  readonly keys: Keys
}

function define(argument: Item | undefined, { offset, collected, keys }: Defined): void {
  const name = argument && collected.nameOf(argument)
  if (!name || name.isTemplated) return
  collected.addDefinition(offset, { name: name.text, keys, place: collected.placeOf(name) })
}

function keysOf(values: Value | undefined): Keys {
  if (values?.kind !== 'dict' || !values.isComplete) return 'unknown'
  return new Set(values.entries.flatMap(({ key }) => (key.kind === 'text' ? [key.text] : [])))
}
