import { central } from './data/central.ts'
import { secretsManager } from './data/secrets-manager.ts'
import type { Era } from './era.ts'
import { secretsManagerFlavor } from './secrets-manager-flavor.ts'

/** What ZenML knows about a flavor's attributes. Built from `data/`, which `scripts/catalog.ts` makes. */
export interface Flavor {
  readonly type: string
  readonly name: string
  /** Attributes ZenML marks as sensitive. */
  readonly sensitive: ReadonlySet<string>
  /** Attributes that refuse a reference: `validator` for a check of their own, `type` for another type than text. */
  readonly refusesReferences: ReadonlyMap<string, 'validator' | 'type'>
  /** Attributes ZenML resolves while the configuration is built: a missing secret breaks registering and importing too. */
  readonly resolvedWhileBuilt: ReadonlySet<string>
  /** Attributes that hold the bare name of a secret, with the keys that flavor's code reads and needs. */
  readonly secretNames: ReadonlyMap<string, readonly string[]>
}

/**
 * The flavor of a component, such as `findFlavor('central', 'artifact_store', 's3')`. `undefined` for a flavor ZenML
 * does not ship, about which nothing is known and nothing may be said. Old names of secrets managers are understood.
 */
export function findFlavor(era: Era, type: string, name: string): Flavor | undefined {
  return flavorsOf(era).get(`${type} ${type === 'secrets_manager' ? secretsManagerFlavor(name) : name}`)
}

type Flavors = ReadonlyMap<string, Flavor>

const parsed = new Map<Era, Flavors>()

/** Parsed on first use: most commands never look a flavor up. Keys are `<type> <name>`, neither of which holds a blank. */
function flavorsOf(era: Era): Flavors {
  const known = parsed.get(era)
  if (known) return known
  const flavors = parseFlavors(era === 'central' ? central : secretsManager)
  parsed.set(era, flavors)
  return flavors
}

function parseFlavors(data: string): Flavors {
  const flavors = data
    .trim()
    .split('\n')
    .map(line => parseFlavor(line.split(' ')))
  return new Map(flavors.map(flavor => [`${flavor.type} ${flavor.name}`, flavor]))
}

/** `<type> <name>`, then any of `sensitive:a,b`, `validator:…`, `type:…`, `built:…`, `names:attribute=key+key,attribute`. */
function parseFlavor([type = '', name = '', ...fields]: readonly string[]): Flavor {
  const lists = new Map(fields.map(parseField))
  const list = (field: string) => lists.get(field) ?? []
  return {
    type,
    name,
    sensitive: new Set(list('sensitive')),
    refusesReferences: new Map([
      ...list('validator').map(attribute => [attribute, 'validator'] as const),
      ...list('type').map(attribute => [attribute, 'type'] as const),
    ]),
    resolvedWhileBuilt: new Set(list('built')),
    secretNames: new Map(list('names').map(parseSecretName)),
  }
}

function parseField(field: string): readonly [string, readonly string[]] {
  const colon = field.indexOf(':')
  return [field.slice(0, colon), field.slice(colon + 1).split(',')]
}

function parseSecretName(entry: string): readonly [string, readonly string[]] {
  const [attribute = '', keys] = entry.split('=')
  return [attribute, keys?.split('+') ?? []]
}
