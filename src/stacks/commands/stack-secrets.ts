import type { NamedSecret } from '../stack.ts'
import { type Grammar, readArguments } from './arguments.ts'
import { type Call, placeIn } from './call.ts'

const grammar: Grammar = { spaced: new Set(['secret', 'env']), short: new Map() }

/** The secrets that `zenml stack register|update NAME --secret …` attaches, by name or id. */
export function readStackSecrets({ words, text }: Call): readonly NamedSecret[] {
  const verb = words[1]?.text
  if (words[0]?.text !== 'stack' || (verb !== 'register' && verb !== 'update')) return []
  const { name, options } = readArguments(words.slice(2), grammar)
  return options.flatMap(({ key, value }) => {
    if (key !== 'secret' || !value || value.text === '' || /^<[^>]*>$/.test(value.text)) return []
    const via = value.templated ? 'templated' : 'secrets-list'
    return [{ secret: value.text, key: null, via, place: placeIn(text, value), attribute: name?.text } as const]
  })
}
