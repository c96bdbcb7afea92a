import { parseReference } from '../../references/grammar.ts'
import type { Collected, ListedSecret } from './collected.ts'
import type { Item, Value } from './value.ts'

/** The names in `secrets=[…]`, by name or by id. A list that only the program knows is one templated name. */
export function listedIn(
  items: readonly Item[],
  owner: string | undefined,
  collected: Collected,
): readonly ListedSecret[] {
  const list = items.find(({ keyword }) => keyword === 'secrets' || keyword === 'add_secrets')
  if (!list) return []
  const names = list.value.kind === 'list' ? list.value.items : isNamed(list.value) ? [list] : []
  return names.flatMap(item => {
    if (!collected.visit()) return []
    const name = item.value.kind === 'text' || isNamed(item.value) ? collected.nameOf(item) : undefined
    return name ? [collected.addListed({ name, key: null, via: 'secrets-list', owner })] : []
  })
}

/** Variables and what the environment gives; the results of calls may be anything. */
function isNamed(value: Value): boolean {
  return value.kind === 'templated' || (value.kind === 'name' && !value.path.endsWith(')'))
}

/** The arguments of a configuration or of settings that are references as a whole. ZenML resolves none that is nested. */
export function referencesIn(items: readonly Item[], collected: Collected): void {
  for (const { value, keyword } of items) if (keyword !== undefined) addReference(value, keyword, collected)
}

/** `settings={"alerter": {"slack_token": "{{a.b}}"}}` of a pipeline or a step. */
export function settingsIn(items: readonly Item[], collected: Collected): void {
  const settings = items.find(({ keyword }) => keyword === 'settings')?.value
  if (settings?.kind !== 'dict') return
  for (const { key, value } of settings.entries) {
    if (value.kind !== 'dict') continue
    for (const entry of value.entries) {
      addReference(entry.value, ['settings', textIn(key), textIn(entry.key)].join('.'), collected)
    }
  }
}

function textIn(key: Value): string {
  return key.kind === 'text' ? key.text : '?'
}

function addReference(value: Value, owner: string, collected: Collected): void {
  const reference = value.kind === 'text' ? parseReference(value.text, 'padded') : undefined
  if (!reference || value.kind !== 'text') return
  const { start, end } = value
  const name = { text: reference.secret, isTemplated: false, start, end }
  collected.addListed({ name, key: reference.key, via: 'reference', owner })
}
