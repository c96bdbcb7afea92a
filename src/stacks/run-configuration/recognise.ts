import { keyText, mergedEntries } from '../../yaml/entries.ts'
import type { YamlMap, YamlNode } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import type { Reading } from '../export/reading.ts'
import { type Fields, pipelineFields, settingsWeight, stepFields } from './fields.ts'

/** How much must speak for a run configuration. */
const enough = 2

/**
 * Whether a map is a run configuration: no key that ZenML would refuse, the shapes it asks for, and enough that is its
 * own. `steps`, `settings`, `environment`, `secrets` and `parameters` stand in files of many programs.
 */
export function isRunConfiguration(root: YamlMap, reading: Reading): boolean {
  const own = weigh(root, { fields: pipelineFields, reading })
  return own !== undefined && own >= enough
}

interface Weighing {
  readonly fields: Fields
  readonly reading: Reading
}

/** How much speaks for ZenML; `undefined` where anything speaks against it. */
function weigh(map: YamlMap, { fields, reading }: Weighing): number | undefined {
  let weight = 0
  for (const entry of mergedEntries(map, reading.visit)) {
    const key = keyText(entry)
    if (key === undefined || !fields.all.has(key)) return undefined
    const added = fields.own.has(key) ? 2 : weighValue(key, resolve(entry.value), reading)
    if (added === undefined) return undefined
    weight += added
  }
  return weight
}

function weighValue(key: string, value: YamlNode | undefined, reading: Reading): number | undefined {
  const node = resolve(value)
  if (!node || (node.kind === 'scalar' && node.value === null)) return 0
  if (key === 'secrets') return node.kind === 'list' ? 0 : undefined
  if (!maps.has(key)) return 0
  if (node.kind !== 'map') return undefined
  if (key === 'steps') return weighSteps(node, reading)
  return key === 'settings' ? weighSettings(node, reading) : 0
}

const maps: ReadonlySet<string> = new Set(['steps', 'settings', 'environment', 'parameters', 'extra', 'retry'])

/** Steps by name with no field that is foreign; parameters or a list of secrets in one are enough. */
function weighSteps(steps: YamlMap, reading: Reading): number | undefined {
  let weight = 0
  for (const { value } of mergedEntries(steps, reading.visit)) {
    const step = resolve(value)
    if (!step || (step.kind === 'scalar' && step.value === null)) continue
    const own = step.kind === 'map' ? weigh(step, { fields: stepFields, reading }) : undefined
    if (own === undefined || step.kind !== 'map') return undefined
    weight = Math.max(weight, own, hasField(step, reading) ? 2 : 0)
  }
  return weight
}

function hasField(step: YamlMap, { visit }: Reading): boolean {
  for (const entry of mergedEntries(step, visit)) {
    const key = keyText(entry)
    if (key === 'secrets' || key === 'parameters') return true
  }
  return false
}

function weighSettings(settings: YamlMap, reading: Reading): number | undefined {
  let weight = 0
  for (const entry of mergedEntries(settings, reading.visit)) {
    const value = resolve(entry.value)
    const isEmpty = !value || (value.kind === 'scalar' && value.value === null)
    if (!isEmpty && value.kind !== 'map') return undefined
    const fields = value?.kind === 'map' ? [...mergedEntries(value, reading.visit)].map(keyText) : []
    weight = Math.max(weight, settingsWeight(keyText(entry) ?? '', fields.filter(isText)))
  }
  return weight
}

function isText(key: string | undefined): key is string {
  return key !== undefined
}
