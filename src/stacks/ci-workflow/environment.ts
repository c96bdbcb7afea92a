import { keyText } from '../../yaml/entries.ts'
import type { YamlMap } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'

/** The variables that a workflow, a job or a step sets; those of what is around it hold too. */
export class Environment {
  readonly #around: Environment | undefined
  /** `undefined` for a variable whose value is not known. */
  readonly #values = new Map<string, string | undefined>()

  constructor(around?: Environment) {
    this.#around = around
  }

  get(name: string): string | undefined {
    return this.#values.has(name) ? this.#values.get(name) : this.#around?.get(name)
  }

  /** With what the `env`, `variables` or `environment` of a map sets. */
  within(map: YamlMap): Environment {
    const inner = new Environment(this)
    for (const entry of map.entries) {
      const values = setting.has(keyText(entry) ?? '') ? resolve(entry.value) : undefined
      if (values?.kind === 'map') inner.#addAll(values)
    }
    return inner.#values.size > 0 ? inner : this
  }

  #addAll({ entries }: YamlMap): void {
    for (const entry of entries) {
      const name = keyText(entry)
      const value = resolve(entry.value)
      const text = value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined
      const isKnown = text !== undefined && text.length <= 1000 && !/[$`\\]/.test(text)
      if (name !== undefined) this.#values.set(name, isKnown ? text : undefined)
    }
  }
}

const setting: ReadonlySet<string> = new Set(['env', 'variables', 'environment'])
