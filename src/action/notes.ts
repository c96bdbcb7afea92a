import type { Annotation } from '../reports/annotations.ts'
import type { Runner } from './runner.ts'

/** A remark on the run itself, as against one on a file. */
export interface Note {
  readonly level: 'warning' | 'notice'
  /** A sentence, safe to print. */
  readonly text: string
}

/** GitHub shows no more annotations of one level from one step, and drops the rest without a word. */
const slots = 10

/** Says notes as annotations as long as findings leave room for them, else in the log. */
export function sayNotes(notes: readonly Note[], findings: readonly Annotation[], runner: Runner): void {
  const room = { warning: slots, notice: slots }
  for (const { level } of findings) if (level !== 'error') room[level]--
  for (const { level, text } of notes) {
    if (room[level]-- > 0) runner.annotate({ level, title: 'ZenML secrets', message: text })
    else runner.print(`${level}: ${text}\n`)
  }
}
