import type { Backend, BackendName } from './backends/backend.ts'
import { loadBackend } from './backends/loader.ts'
import type { BackendOptions } from './backends/options.ts'
import { type Choice, unsupportedBackend } from './choose-backend.ts'
import type { Report } from './validation/report.ts'

/** One backend for each distinct choice, so that stacks which share one share its answers and its connection. */
export class BackendPool {
  readonly #backends = new Map<string, Backend>()

  async of(choice: Choice): Promise<Backend | undefined> {
    if (choice.kind === 'none') return undefined
    const key = JSON.stringify(choice)
    const known = this.#backends.get(key)
    if (known) return known
    const backend =
      choice.kind === 'unsupported' ? unsupportedBackend(choice.flavor) : await load(choice.name, choice.options)
    this.#backends.set(key, backend)
    return backend
  }

  /** In the order in which they were first needed. */
  described(): Report['backends'] {
    return [...this.#backends.values()].map(({ name, description }) => ({ name, description }))
  }
}

function load<Name extends BackendName>(name: Name, options: BackendOptions): Promise<Backend> {
  return loadBackend(name, options[name])
}
