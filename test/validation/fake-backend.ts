import type { Answer, Backend, Depth } from '../../src/backends/backend.ts'

export interface RecordedCall {
  readonly names: readonly string[]
  readonly depth: Depth
}

/** A backend that gives the answers it is made with, `missing` else, and keeps what it was asked. */
export class FakeBackend implements Backend {
  readonly name: string
  readonly description: string
  readonly calls: RecordedCall[] = []
  listings = 0
  readonly #answers: ReadonlyMap<string, Answer>

  constructor(answers: Readonly<Record<string, Answer>> = {}, name = 'local') {
    this.name = name
    this.description = `the ${name} store`
    this.#answers = new Map(Object.entries(answers))
  }

  async lookUp(names: readonly string[], depth: Depth): Promise<ReadonlyMap<string, Answer>> {
    this.calls.push({ names, depth })
    return new Map(names.map(name => [name, this.#answer(name, depth)]))
  }

  async names(): Promise<readonly string[]> {
    this.listings++
    return [...this.#answers].filter(([, { kind }]) => kind !== 'missing').map(([name]) => name)
  }

  #answer(name: string, depth: Depth): Answer {
    const answer = this.#answers.get(name) ?? { kind: 'missing' }
    return answer.kind === 'found' && depth === 'names' ? { ...answer, keys: 'not-read' } : answer
  }
}

export function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}
