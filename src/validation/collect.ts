import { findFlavor } from '../catalog/catalog.ts'
import { attachesSecrets, type Era, eraOf } from '../catalog/era.ts'
import { grammarOf } from '../references/grammar.ts'
import type { Component, Place, Stack, StackFile } from '../stacks/stack.ts'
import { type Excerpt, type ExcerptOptions, excerptOf } from '../text/excerpt.ts'
import type { SourceText } from '../text/source.ts'
import { readAttribute, readName } from './attribute.ts'
import type { AttributeContext, Collected, FlavorOf } from './attribute-context.ts'
import type { Finding } from './finding.ts'
import { localSecretsFindings } from './local-secrets.ts'
import { type NamedAddress, namedAddress } from './named-address.ts'
import { readNamedSecret } from './named-secret.ts'
import { nestedCredentials } from './nested-credentials.ts'
import type { SecretUse } from './use.ts'

/** Secret uses that one backend answers for, those of a stack or those of a file outside its stacks. */
export interface CollectedGroup {
  /** `undefined` for what a file needs outside any stack. */
  readonly stack: Stack | undefined
  /** The file that holds it; `undefined` for a stack registered on a server. */
  readonly file: string | undefined
  /** Of the stack's name; a stack without one stands for lines that may hold anything. */
  readonly excerpt: Excerpt | undefined
  readonly uses: readonly SecretUse[]
  /** What the file alone shows to be wrong. */
  readonly findings: readonly Finding[]
  /** Where its secrets manager says that its secrets are, which is never followed. */
  readonly namedAddress: NamedAddress | undefined
  /** Documentation or a test: nobody is asked about its uses, and nothing is wrong with them. */
  readonly isListedOnly: boolean
}

export interface CollectOptions {
  /** Overrides the file's. */
  readonly zenmlVersion?: string | undefined
  /** The file is documentation or a test that nobody asked to look at. */
  readonly isListedOnly?: boolean
}

/** All secret uses of a file, stack by stack and then those outside any, and the findings that need no backend. */
export function collectUses(
  file: StackFile,
  { zenmlVersion, isListedOnly = false }: CollectOptions = {},
): readonly CollectedGroup[] {
  const groups = [
    ...file.stacks.map(stack =>
      collectStack(stack, { version: zenmlVersion ?? stack.zenmlVersion, source: file.source }),
    ),
    ...collectOutside(file, zenmlVersion),
  ]
  return isListedOnly ? groups.map(group => ({ ...group, findings: [], isListedOnly })) : groups
}

/** What a stack does not say about itself. */
export interface StackSurroundings {
  readonly version: string | undefined
  /** The file it is in; none for a stack registered on a server. */
  readonly source?: SourceText
  /** By default what ZenML ships with in that version. */
  readonly flavorOf?: FlavorOf
}

export function collectStack(stack: Stack, { version, source, flavorOf }: StackSurroundings): CollectedGroup {
  const excerptAt = (place: Place, options?: ExcerptOptions) =>
    source && 'span' in place ? excerptOf(source, place.span, options) : undefined
  const collected = collectComponents(stack.components, {
    flavorOf: flavorOf ?? shippedFlavors(eraOf(version)),
    grammar: grammarOf(version),
    stack: stack.name,
    isOutsideStack: false,
    attachesSecrets: attachesSecrets(version),
    excerptAt,
    content: source?.content ?? '',
    placeOf: (start, end) => (source ? { file: source.path, span: source.spanOf(start, end) } : stack.place),
  })
  return {
    stack,
    file: source?.path,
    excerpt: stack.name === undefined ? undefined : excerptAt(stack.place, { attribute: 'stack_name' }),
    uses: collected.uses,
    findings: [...collected.findings, ...localSecretsFindings(stack, excerptAt)],
    namedAddress: namedAddress(stack, excerptAt),
    isListedOnly: false,
  }
}

/** What a server holds outside its stacks. */
export function collectRegistered(
  components: readonly Component[],
  { version, flavorOf }: Required<Pick<StackSurroundings, 'version' | 'flavorOf'>>,
): CollectedGroup {
  const collected = collectComponents(components, {
    flavorOf,
    grammar: grammarOf(version),
    stack: undefined,
    isOutsideStack: true,
    attachesSecrets: attachesSecrets(version),
    excerptAt: () => undefined,
    content: '',
    placeOf: () => ({ url: '' }),
  })
  const nothingElse = { stack: undefined, file: undefined, excerpt: undefined, namedAddress: undefined }
  return { ...collected, ...nothingElse, isListedOnly: false }
}

/** One group, or none where a file has nothing outside its stacks. */
function collectOutside(file: StackFile, version: string | undefined): readonly CollectedGroup[] {
  const { source, components = [], secrets = [] } = file
  if (components.length + secrets.length === 0) return []
  const era = version === undefined && components.some(isOfOldEra) ? 'secrets-manager' : eraOf(version)
  const collected = collectComponents(components, {
    flavorOf: shippedFlavors(era),
    grammar: grammarOf(version),
    stack: undefined,
    isOutsideStack: true,
    attachesSecrets: attachesSecrets(version) && era === 'central',
    excerptAt: (place, options) => ('span' in place ? excerptOf(source, place.span, options) : undefined),
    content: source.content,
    placeOf: (start, end) => ({ file: source.path, span: source.spanOf(start, end) }),
  })
  return [
    {
      stack: undefined,
      file: source.path,
      excerpt: undefined,
      uses: [...collected.uses, ...secrets.flatMap(secret => readNamedSecret(secret, source))],
      findings: collected.findings,
      namedAddress: undefined,
      isListedOnly: false,
    },
  ]
}

/** Types of components that only ZenML before 0.53 has. */
function isOfOldEra({ type }: Component): boolean {
  return type === 'secrets_manager' || type === 'metadata_store'
}

function shippedFlavors(era: Era): FlavorOf {
  return (type, flavor) => findFlavor(era, type, flavor)
}

function collectComponents(
  components: readonly Component[],
  shared: Omit<AttributeContext, 'component' | 'attributeNames'>,
): Collected {
  const collected = components.map(component => {
    const { type, name, flavor, attributes } = component
    const attributeNames = new Set(attributes.flatMap(({ path }) => (path.length === 1 ? path : [])))
    return collectComponent(component, { ...shared, component: { type, name, flavor }, attributeNames })
  })
  return {
    uses: collected.flatMap(({ uses }) => uses),
    findings: collected.flatMap(({ findings }) => findings),
  }
}

function collectComponent(component: Component, context: AttributeContext): Collected {
  const read = component.attributes.map(attribute => readAttribute(attribute, context))
  return {
    uses: read.flatMap(({ uses }) => uses),
    findings: [
      ...readName(component.nameAttribute, context),
      ...read.flatMap(({ findings }) => findings),
      ...nestedCredentials(component, context),
    ],
  }
}
