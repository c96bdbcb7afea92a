import type { Collected, ListedSecret } from './collected.ts'
import { readComponentCall } from './component-call.ts'
import { defineSecret, schemaSecret } from './definition-call.ts'
import { fetchSecret } from './fetch-call.ts'
import { listedIn, referencesIn, settingsIn } from './listed-secrets.ts'
import {
  type Call,
  type Item,
  isZenml,
  lastPart,
  type NameValue,
  nameValue,
  type Stretch,
  unknown,
  type Value,
} from './value.ts'

/** Reads the environment, so that only running the program tells the result. */
const environment: ReadonlySet<string> = new Set(['os.getenv', 'os.environ.get', 'getenv', 'environ.get'])

/** Methods of ZenML's client and of its pipelines and steps that take a list of secrets. */
const listMethods: ReadonlySet<string> = new Set(['with_options', 'configure', 'create_stack', 'update_stack'])

/** Methods that fetch a secret: today's, and those of earlier releases. */
const fetchMethods: ReadonlySet<string> = new Set([
  'get_secret',
  'get_secret_by_name_and_scope',
  'get_secret_by_name_and_private_status',
])

/** What the calls of ZenML's classes and functions mean; any other call gives a value nothing is known of. */
export class Calls {
  readonly #collected: Collected
  readonly #mentionsZenml: boolean
  #unowned: ListedSecret[] = []

  constructor(collected: Collected) {
    this.#collected = collected
    this.#mentionsZenml = ['zenml', 'ZenML'].some(word => collected.file.content.includes(word))
  }

  /** The lists of decorators belong to the function or the class below them, or to none. */
  ownListed(owner: string | undefined): void {
    for (const listed of this.#unowned) listed.owner ??= owner
    this.#unowned = []
  }

  call(call: Call): Value {
    const { callee } = call
    if (callee.kind === 'method') return this.#method(call, callee.receiver, callee.name)
    if (callee.kind !== 'name') return unknown
    const dot = callee.path.lastIndexOf('.')
    const receiver = dot > 0 ? nameValue(callee.root, callee.path.slice(0, dot)) : unknown
    return this.#function(call, callee) ?? this.#method(call, receiver, lastPart(callee.path))
  }

  /** The value of `receiver[item]`; `item` is absent where there is not exactly one. */
  index(receiver: Value, item: Item | undefined, { start, end }: Stretch): Value {
    if (receiver.kind === 'secrets') return this.#key(receiver, item)
    if (receiver.kind === 'dict' && item?.value.kind === 'text') {
      const key = item.value.text
      return receiver.entries.findLast(entry => entry.key.kind === 'text' && entry.key.text === key)?.value ?? unknown
    }
    if (receiver.kind !== 'name') return unknown
    const { root, path } = receiver
    if (path === 'os.environ' || path === 'environ') return { kind: 'templated', start, end }
    const isWrapper = ['Optional', 'Annotated', 'Union'].includes(lastPart(path))
    return isWrapper && item ? item.value : nameValue(root, `${path}[]`)
  }

  #key(receiver: Extract<Value, { kind: 'secrets' }>, item: Item | undefined): Value {
    if (receiver.part === 'values' && item?.value.kind === 'text') {
      for (const use of receiver.uses) use.keys.add(item.value.text)
    }
    return unknown
  }

  /** Calls by a name that is imported, or that nothing binds. */
  #function(call: Call, callee: NameValue): Value | undefined {
    const { items, start, end } = call
    const [first] = items
    const isPython = callee.root !== 'local'
    if (isPython && environment.has(callee.path)) return { kind: 'templated', start, end }
    if (isPython && (callee.path === 'str' || callee.path === 'uuid.UUID' || callee.path === 'UUID'))
      return first?.value
    if (callee.root === 'free' && callee.path === 'dict') return dictOf(items)
    if (isZenml(callee)) return this.#zenml(call, lastPart(callee.path))
    if (callee.root !== 'free' || callee.path.includes('.')) return undefined
    if (callee.path === 'Client') return { kind: 'client', isAssumed: !this.#mentionsZenml }
    return this.#mentionsZenml ? this.#zenml(call, callee.path) : undefined
  }

  /** A function or a class of ZenML, by the last part of its name. */
  #zenml(call: Call, name: string): Value | undefined {
    const { items } = call
    if (name === 'Client' || name === 'Repository') return { kind: 'client', isAssumed: false }
    if (name === 'StackComponentType') return items[0]?.value
    if (name.endsWith('SecretsManager')) return { kind: 'manager' }
    if (name.endsWith('SecretSchema')) schemaSecret(call, this.#collected)
    else if (name === 'pipeline' || name === 'step' || name.includes('Configuration')) this.#lists(call, undefined)
    if (/(?:Config|Settings|Flavor)$/.test(name)) referencesIn(items, this.#collected)
    return undefined
  }

  #method(call: Call, receiver: Value, name: string): Value {
    const { start, end } = call
    if (fetchMethods.has(name)) {
      return fetchSecret({ call, receiver, collected: this.#collected, mentionsZenml: this.#mentionsZenml })
    }
    if (receiver.kind === 'secrets' && receiver.part === 'values' && (name === 'get' || name === 'pop')) {
      return this.#key(receiver, call.items[0])
    }
    if (receiver.kind === 'secrets' && name === 'get_body') return receiver
    if (receiver.kind === 'text' || receiver.kind === 'templated') return { kind: 'templated', start, end }
    if (this.#mentionsZenml || receiver.kind === 'client') this.#zenmlMethod(call, receiver, name)
    return receiver.kind === 'name' ? nameValue(receiver.root, `${receiver.path}.${name}()`) : unknown
  }

  #zenmlMethod(call: Call, receiver: Value, name: string): void {
    const isForeign = receiver.kind === 'name' && receiver.root === 'import' && !isZenml(receiver)
    if (listMethods.has(name)) this.#lists(call, receiver.kind === 'name' ? lastPart(receiver.path) : undefined)
    else if (isForeign) return
    else if (name === 'create_secret') defineSecret(call, receiver, this.#collected)
    else if (name === 'create_stack_component' || name === 'update_stack_component') {
      readComponentCall(call, this.#collected)
      this.#lists(call, undefined)
    }
  }

  #lists({ items }: Call, owner: string | undefined): void {
    this.#unowned.push(...listedIn(items, owner, this.#collected))
    settingsIn(items, this.#collected)
  }
}

function dictOf(items: readonly Item[]): Value {
  const entries = items.flatMap(item => {
    const { keyword, start, end } = item
    if (keyword === undefined) return []
    return [{ ...item, key: { kind: 'text', text: keyword, start, end } as const, keyStretch: { start, end } }]
  })
  return { kind: 'dict', entries, isComplete: entries.length === items.length }
}
