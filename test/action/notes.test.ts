import { describe, expect, it } from 'vitest'
import { type Note, sayNotes } from '../../src/action/notes.ts'
import type { Annotation } from '../../src/reports/annotations.ts'
import { recordingRunner } from './recording-runner.ts'

const notes: readonly Note[] = [
  { level: 'warning', text: 'One.' },
  { level: 'notice', text: 'Two.' },
  { level: 'warning', text: 'Three.' },
]

function findings(count: number, level: Annotation['level']): readonly Annotation[] {
  return Array.from({ length: count }, () => ({ level, title: 't', message: 'm' }))
}

describe('sayNotes', () => {
  it('says them as annotations', () => {
    const runner = recordingRunner()
    sayNotes(notes, findings(10, 'error'), runner)
    expect(runner.annotated).toEqual(notes.map(({ level, text }) => ({ level, title: 'ZenML secrets', message: text })))
    expect(runner.printed).toEqual([])
  })

  it('prints those that findings leave no room for', () => {
    const runner = recordingRunner()
    sayNotes(notes, findings(9, 'warning'), runner)
    expect(runner.annotated.map(({ message }) => message)).toEqual(['One.', 'Two.'])
    expect(runner.printed).toEqual(['warning: Three.\n'])
  })
})
