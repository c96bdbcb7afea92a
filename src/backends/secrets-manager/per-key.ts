import { quoted } from '../../text/displayable.ts'
import type { Answer, Depth } from '../backend.ts'
import { keysOfStored } from '../stored-keys.ts'

/** Tags of scope `none` on Google and Azure, where every key of a secret is an object of its own. */
export const perKeyTags = { secret: 'zenml-group-key', key: 'zenml-key-name', schema: 'zenml-schema-name' } as const

/** One key of a secret of scope `none`. */
export interface StoredKey {
  /** What the service calls the object. */
  readonly stored: string
  readonly schema: string | undefined
  /** The key, or a clause that says why ZenML cannot read the object. */
  readonly key: string | { readonly problem: string }
  /** ISO 8601 in UTC, where the service says it. */
  readonly created?: string | undefined
  readonly updated?: string | undefined
}

/** The answer for a secret of which all keys are known. `service` begins sentences. */
export function answerOfKeys(service: string, keys: readonly StoredKey[], depth: Depth): Answer {
  const broken = keys.find(({ key }) => typeof key !== 'string')
  if (broken && typeof broken.key !== 'string') return unusable(`${quoted(broken.stored, 300)}, ${broken.key.problem}`)
  if (depth === 'names') return { kind: 'found', keys: 'not-read' }
  const names = keys.flatMap(({ key }) => (typeof key === 'string' ? [key] : []))
  const schema = keys.find(key => key.schema !== undefined)?.schema
  const known = schema === undefined ? noSchema : keysOfStored(schema, new Set(names))
  return typeof known === 'string' ? unusable(`the secret, but ${known}`) : { kind: 'found', keys: known }

  function unusable(what: string): Answer {
    const reason = `${service} holds ${what}, so that ZenML cannot read the secret. Update or register it again with ZenML.`
    return { kind: 'unusable', reason }
  }
}

const noSchema = `it lacks the tag ${perKeyTags.schema} that ZenML puts on every secret`
