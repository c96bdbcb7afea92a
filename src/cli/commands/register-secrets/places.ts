import type { BackendName } from '../../../backends/backend.ts'
import type { BackendOptions } from '../../../backends/options.ts'
import { openStore } from '../../../backends/store-loader.ts'
import type { Io } from '../../io.ts'
import { type Session, sessionOver } from '../secret/session.ts'
import { type Place, placeKey } from './plan.ts'
import type { Sessions } from './targets.ts'

/** Opens the stores that secrets are written to, each once. */
export class Places {
  readonly #io: Io
  readonly #timeout: number
  readonly #opened = new Map<string, Promise<Sessions>>()

  /** `timeout`: milliseconds one piece of work may take. */
  constructor(io: Io, timeout: number) {
    this.#io = io
    this.#timeout = timeout
  }

  /** @throws SecretStoreError where the options do not say which store. */
  of(place: Place): Promise<Sessions> {
    const key = placeKey(place)
    const known = this.#opened.get(key)
    if (known) return known
    const opened = this.#open(place)
    this.#opened.set(key, opened)
    return opened
  }

  async #open({ kind, name, options }: Place): Promise<Sessions> {
    const own = await this.#session(name, options)
    return kind === 'store-first' ? [await this.#session('zenml', options), own] : [own]
  }

  async #session<Name extends BackendName>(name: Name, options: BackendOptions): Promise<Session> {
    const store = await openStore(name, options[name], { environment: this.#io.env })
    return sessionOver(store, this.#io, this.#timeout)
  }
}
