import type { EmbeddedText } from '../../text/embedded.ts'
import type { SourceText } from '../../text/source.ts'
import type { FileParts } from '../file-parts.ts'
import type { Component, FilePlace, NamedSecret, SecretDefinition } from '../stack.ts'
import type { Item, Named, SecretUseDraft, Stretch } from './value.ts'

/** A name in a list, or a reference. The owner is known only once the decorated function is met. */
export interface ListedSecret {
  readonly name: Named
  readonly key: string | null
  readonly via: 'secrets-list' | 'reference'
  owner?: string | undefined
}

const maxWritten = 200

/** Far above what real programs hold; constants that are used over and over cost no more than this. */
const maxVisits = 100_000

/** What a text was found to hold, by offset, so that reading it again replaces what the first reading could not know. */
export class Collected {
  readonly #text: EmbeddedText
  #uses = new Map<number, SecretUseDraft>()
  #listed = new Map<number, ListedSecret>()
  #components = new Map<number, Component>()
  #definitions = new Map<number, SecretDefinition>()
  #earlier: ReadonlyMap<number, SecretUseDraft> = new Map()
  #visits = 0

  constructor(text: EmbeddedText) {
    this.#text = text
  }

  get file(): SourceText {
    return this.#text.file
  }

  /** Forgets all but the keys that uses were found to read. */
  startOver(): void {
    this.#visits = 0
    this.#earlier = this.#uses
    this.#uses = new Map()
    this.#listed = new Map()
    this.#components = new Map()
    this.#definitions = new Map()
  }

  /** Counts an item of a list or an entry of a configuration; `false` once there were 100,000. */
  visit(): boolean {
    return ++this.#visits <= maxVisits
  }

  /** A call, by the offset of its bracket. */
  addUse(offset: number, name: Named, isSure: boolean): SecretUseDraft {
    const earlier = this.#earlier.get(offset)
    const use: SecretUseDraft = { name, keys: earlier?.keys ?? new Set(), isSure: isSure || (earlier?.isSure ?? false) }
    this.#uses.set(offset, use)
    return use
  }

  addListed(secret: ListedSecret): ListedSecret {
    this.#listed.set(secret.name.start, secret)
    return secret
  }

  addComponent(offset: number, component: Component): void {
    this.#components.set(offset, component)
  }

  addDefinition(offset: number, definition: SecretDefinition): void {
    this.#definitions.set(offset, definition)
  }

  /**
   * The name an argument gives: a text, or the expression as written, cut to 200 characters, where only running the
   * program would tell. `undefined` for what is no name, and for a placeholder of documentation such as `<NAME>`.
   */
  nameOf({ value, start, end }: Item): Named | undefined {
    if (value.kind === 'constant' || value.kind === 'list' || value.kind === 'dict') return undefined
    const isText = value.kind === 'text'
    const stretch = isText || value.kind === 'templated' ? value : { start, end }
    const text = isText ? value.text : this.written(stretch)
    if (text === '' || (text.startsWith('<') && text.endsWith('>'))) return undefined
    return { text, isTemplated: !isText, start: stretch.start, end: stretch.end }
  }

  written({ start, end }: Stretch): string {
    return this.#text.content.slice(start, Math.min(end, start + maxWritten))
  }

  /** Offsets in the file. */
  rangeOf({ start, end }: Stretch): Stretch {
    return { start: this.#text.offsetAt(start), end: this.#text.offsetAt(end) }
  }

  placeOf(stretch: Stretch): FilePlace {
    const { file } = this.#text
    const { start, end } = this.rangeOf(stretch)
    return { file: file.path, span: file.spanOf(start, end) }
  }

  parts(): FileParts {
    const uses = [...this.#uses.values()].filter(({ isSure }) => isSure)
    const located = [
      ...uses.flatMap(use => this.#secretsOf(use)),
      ...[...this.#listed.values()].map(listed => this.#secretOfList(listed)),
    ]
    const ordered = located.toSorted((a, b) => a.offset - b.offset)
    const distinct = new Map(
      ordered.map(({ offset, secret }) => [JSON.stringify([offset, secret.key, secret.via]), secret]),
    )
    return {
      stacks: [],
      components: inOrder(this.#components),
      secrets: [...distinct.values()],
      definitions: inOrder(this.#definitions),
    }
  }

  #secretsOf({ name, keys }: SecretUseDraft): readonly LocatedSecret[] {
    const via = name.isTemplated ? 'templated' : 'python'
    const place = this.placeOf(name)
    return (keys.size > 0 ? [...keys] : [null]).map(key => ({
      offset: name.start,
      secret: { secret: name.text, key, via, place },
    }))
  }

  #secretOfList({ name, key, via, owner }: ListedSecret): LocatedSecret {
    const secret: NamedSecret = {
      secret: name.text,
      key,
      via: name.isTemplated ? 'templated' : via,
      place: this.placeOf(name),
      ...(owner !== undefined && { attribute: owner }),
    }
    return { offset: name.start, secret }
  }
}

interface LocatedSecret {
  readonly offset: number
  readonly secret: NamedSecret
}

function inOrder<Part>(parts: ReadonlyMap<number, Part>): readonly Part[] {
  return [...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part)
}
