import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/backends/backend.ts'
import { answerLegalNames } from '../../../src/backends/secrets-manager/legal-names.ts'

const missing: Answer = { kind: 'missing' }

describe('names of a secrets manager', () => {
  const answer = async (names: readonly string[], answers: Readonly<Record<string, Answer>>) => {
    const asked: (readonly string[])[] = []
    const told = await answerLegalNames({ flavor: 'gcp', scope: { scope: 'global' }, names }, async legal => {
      asked.push(legal)
      return new Map(Object.entries(answers))
    })
    return { asked, told: [...told].map(([name, { kind }]) => [name, kind]) }
  }

  it('are asked about once each, and those that cannot be not at all', async () => {
    expect(await answer(['a', 'B', 'a', 'c'], { a: missing, B: missing, c: missing })).toEqual({
      asked: [['a', 'c']],
      told: [
        ['a', 'missing'],
        ['B', 'illegal-name'],
        ['c', 'missing'],
      ],
    })
  })

  it('are not asked about where none can be', async () => {
    expect(await answer(['A', ''], {})).toEqual({
      asked: [],
      told: [
        ['A', 'illegal-name'],
        ['', 'illegal-name'],
      ],
    })
  })

  it('are never missing for want of an answer, and answers to what was not asked are dropped', async () => {
    expect(await answer(['a'], { b: missing })).toEqual({ asked: [['a']], told: [['a', 'unverified']] })
  })
})
