import type { Backend, BackendName } from './backends/backend.ts'
import type { BackendContext } from './backends/context.ts'
import { loadBackend } from './backends/loader.ts'
import type { BackendOptions } from './backends/options.ts'
import { type Choice, unsupportedBackend } from './choose-backend.ts'
import { storeFirst } from './store-first.ts'
import type { Report } from './validation/report.ts'

/** One backend for each distinct choice, so that stacks which share one share its answers and its login. */
export class BackendPool {
  readonly #backends = new Map<string, Backend>()
  readonly #context: BackendContext
  readonly #zenml: Backend | undefined

  /** `zenml`: the backend of the one server there is in a run, where its connection is in use already. */
  constructor(context: BackendContext, zenml: Backend | undefined) {
    this.#context = context
    this.#zenml = zenml
  }

  async of(choice: Choice): Promise<Backend | undefined> {
    if (choice.kind === 'none') return undefined
    if (choice.kind === 'unsupported') return this.#share(choice.flavor, () => unsupportedBackend(choice.flavor))
    const backend = await this.#load(choice.name, choice.options)
    if (choice.kind === 'backend') return backend
    const store = await this.#load('zenml', choice.options)
    return this.#share(`${keyOf('zenml', choice.options)} ${keyOf(choice.name, choice.options)}`, () =>
      storeFirst(store, backend),
    )
  }

  #load<Name extends BackendName>(name: Name, options: BackendOptions): Promise<Backend> {
    if (name === 'zenml' && this.#zenml) return Promise.resolve(this.#zenml)
    return this.#share(keyOf(name, options), () => loadBackend(name, options[name], this.#context))
  }

  async #share(key: string, make: () => Backend | Promise<Backend>): Promise<Backend> {
    const known = this.#backends.get(key)
    if (known) return known
    const made = await make()
    this.#backends.set(key, made)
    return made
  }
}

/** Credentials do not show in it; there is but one of each kind in a run. */
export function keyOf(name: BackendName, options: BackendOptions): string {
  return JSON.stringify([name, options[name]], (field, value) => (field === 'environment' ? undefined : value))
}

/** The backends that uses were assigned to, each once, in their order. */
export function describeBackends(backends: Iterable<Backend | undefined>): Report['backends'] {
  const used = new Set([...backends].filter(backend => backend !== undefined))
  return [...used].map(({ name, description }) => ({ name, description }))
}
