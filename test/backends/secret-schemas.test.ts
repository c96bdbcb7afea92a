import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { secretSchemas } from '../../src/backends/secret-schemas.ts'
import { keysOfStored } from '../../src/backends/stored-keys.ts'

type Recorded = Readonly<
  Record<string, Readonly<Record<string, { readonly required: boolean; readonly default: unknown }>>>
>

function recorded(version: string): Recorded {
  const file = join(import.meta.dirname, `../fixtures/secret-schemas-${version}.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('secret schemas', () => {
  it.each(['0.13.2', '0.22.0'])('are those of ZenML %s', version => {
    for (const [schema, keys] of Object.entries(recorded(version))) {
      const expected = Object.entries(keys).map(([key, { required, default: value }]) => [
        key,
        required ? 'required' : value === null ? 'optional' : 'default',
      ])
      const known = secretSchemas.get(schema)
      expect([schema, known === 'any' ? [] : [...(known ?? [])].toSorted()]).toEqual([schema, expected.toSorted()])
    }
  })

  it('are no more than ZenML has', () => {
    const names = new Set(['0.13.2', '0.22.0'].flatMap(version => Object.keys(recorded(version))))
    expect(new Set(secretSchemas.keys())).toEqual(names)
  })
})

describe('the keys of a stored secret', () => {
  it('are the stored ones and the defaults', () => {
    const stored = new Set(['credentials'])
    expect(keysOfStored('kserve_az', stored)).toEqual(new Set(['credentials', 'storage_type']))
    expect(keysOfStored('arbitrary', stored)).toEqual(stored)
  })

  it.each(Object.getOwnPropertyNames(Object.prototype))('are none under the schema %s', schema => {
    expect(keysOfStored(schema, new Set())).toBe('its entry "zenml_schema_name" names no schema that ZenML knows')
  })
})
