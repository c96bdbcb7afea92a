import { readFileSync, writeFileSync } from 'node:fs'

/** One flavor of `data/flavors-0.22.json`: what ZenML 0.22's own classes answer. */
interface OldFlavor {
  readonly sensitive: readonly string[]
  /** Name of the Python exception by which an attribute refuses `{{a.b}}`. */
  readonly rejectedAs: Readonly<Record<string, string>>
  readonly secretNameFields: Readonly<Record<string, { readonly expectedSchema: string | null }>>
}

/** One flavor of `data/flavors-0.98.json`. */
interface NewFlavor {
  readonly sensitive: readonly string[]
  readonly secretStr: readonly string[]
  readonly referenceRejected: readonly string[]
  readonly referenceTypeRejected: readonly string[]
  readonly referenceResolvedOnLoad: readonly string[]
  readonly secretNameFields: Readonly<Record<string, { readonly requiredKeys: readonly string[] }>>
}

type ByTypeAndName<Flavor> = Readonly<Record<string, Readonly<Record<string, Flavor>>>>

/** The lists of one flavor, as `src/catalog/catalog.ts` reads them. */
interface Lists {
  readonly sensitive?: readonly string[]
  readonly validator?: readonly string[]
  readonly type?: readonly string[]
  readonly built?: readonly string[]
  readonly names?: ReadonlyMap<string, readonly string[]>
}

/** Text of `src/catalog/data/secrets-manager.ts`. */
export function secretsManagerModule(): string {
  const flavors = readFlavors<OldFlavor>('flavors-0.22.json')
  const listed = flatten(flavors).map(([type, name, flavor]) => entry(type, name, fromOld(type, name, flavor)))
  return moduleText('secretsManager', 'ZenML 0.22', [...listed, ...missingFromOld, ...codeRepositories])
}

/** Text of `src/catalog/data/central.ts`. */
export function centralModule(): string {
  const flavors = readFlavors<NewFlavor>('flavors-0.98.json')
  const listed = flatten(flavors).map(([type, name, flavor]) => entry(type, name, fromNew(flavor)))
  return moduleText('central', 'ZenML 0.98', [...listed, ...codeRepositories])
}

/** What a bare name's secret must hold for the schema its attribute expects; other schemas require no key. */
const requiredKeys: ReadonlyMap<string | null, readonly string[]> = new Map([
  ['aws', ['aws_access_key_id', 'aws_secret_access_key']],
  ['gcp', ['token']],
  ['azure', []],
  ['basic_auth', ['username', 'password']],
  ['whylabs', ['whylabs_default_org_id', 'whylabs_api_key']],
  ['arbitrary', []],
  [null, []],
])

const refusals: ReadonlyMap<string, 'validator' | 'type'> = new Map([
  ['ValidationError', 'type'],
  ['ValueError', 'validator'],
  ['ArtifactStoreInterfaceError', 'validator'],
])

/** ZenML 0.22's mlflow needs to know whether its server is remote, so it resolves the address as soon as it is built. */
const builtInOld: ReadonlyMap<string, readonly string[]> = new Map([['experiment_tracker mlflow', ['tracking_uri']]])

/** Up to 0.13 there were metadata stores, of which mysql takes the bare name of a secret. */
const missingFromOld = [entry('metadata_store', 'mysql', { names: new Map([['secret', []]]) })]

/** Code repositories, since 0.35, are registered like components; both types mark their token as a secret. */
const codeRepositories = ['github', 'gitlab'].map(name => entry('code_repository', name, { sensitive: ['token'] }))

function fromOld(type: string, name: string, flavor: OldFlavor): Lists {
  const refused = Object.entries(flavor.rejectedAs).map(
    ([attribute, error]) => [attribute, lookUp(refusals, error)] as const,
  )
  const names = Object.entries(flavor.secretNameFields).map(
    ([attribute, { expectedSchema }]) => [attribute, lookUp(requiredKeys, expectedSchema)] as const,
  )
  return {
    sensitive: flavor.sensitive,
    validator: refused.filter(([, by]) => by === 'validator').map(([attribute]) => attribute),
    type: refused.filter(([, by]) => by === 'type').map(([attribute]) => attribute),
    built: builtInOld.get(`${type} ${name}`) ?? [],
    names: new Map(names),
  }
}

function fromNew(flavor: NewFlavor): Lists {
  const names = Object.entries(flavor.secretNameFields)
  return {
    sensitive: [...flavor.sensitive, ...flavor.secretStr],
    validator: flavor.referenceRejected,
    type: flavor.referenceTypeRejected,
    built: flavor.referenceResolvedOnLoad,
    names: new Map(names.map(([attribute, keys]) => [attribute, keys.requiredKeys])),
  }
}

function entry(type: string, name: string, lists: Lists): string {
  const names = [...(lists.names ?? [])].map(([attribute, keys]) => nameEntry(attribute, keys))
  const fields = [
    field('sensitive', identifiers(lists.sensitive)),
    field('validator', identifiers(lists.validator)),
    field('type', identifiers(lists.type)),
    field('built', identifiers(lists.built)),
    field('names', names.sort()),
  ]
  return [identifier(type), identifier(name), ...fields.filter(text => text !== '')].join(' ')
}

function nameEntry(attribute: string, keys: readonly string[]): string {
  return keys.length === 0 ? identifier(attribute) : `${identifier(attribute)}=${keys.map(identifier).join('+')}`
}

function field(name: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${name}:${items.join(',')}`
}

function identifiers(names: readonly string[] = []): readonly string[] {
  return [...new Set(names.map(identifier))].sort()
}

/** Everything between separators is checked, so that none of them can be part of a name. */
function identifier(text: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Error(`Not a name that the catalog can hold: ${JSON.stringify(text)}.`)
  return text
}

function moduleText(constant: string, version: string, entries: readonly string[]): string {
  const header = `// Made by scripts/catalog.ts; do not edit.\n\n/** Flavors of ${version}, one a line; read by \`../catalog.ts\`. */`
  return `${header}\nexport const ${constant} = \`\n${[...entries].sort().join('\n')}\n\`\n`
}

function flatten<Flavor>(flavors: ByTypeAndName<Flavor>): readonly (readonly [string, string, Flavor])[] {
  return Object.entries(flavors).flatMap(([type, named]) =>
    Object.entries(named).map(([name, flavor]) => [type, name, flavor] as const),
  )
}

function lookUp<Key, Value>(table: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = table.get(key)
  if (value === undefined)
    throw new Error(`The source data holds ${JSON.stringify(key)}, which this script does not know.`)
  return value
}

function readFlavors<Flavor>(name: string): ByTypeAndName<Flavor> {
  return JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8')) as ByTypeAndName<Flavor>
}

if (import.meta.main) {
  const folder = new URL('../src/catalog/data/', import.meta.url)
  writeFileSync(new URL('central.ts', folder), centralModule())
  writeFileSync(new URL('secrets-manager.ts', folder), secretsManagerModule())
}
