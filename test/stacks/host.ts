import fc from 'fast-check'
import { expect } from 'vitest'
import type { StackFormat } from '../../src/stacks/stack.ts'
import { readAs, unsoundPlaces } from './written.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)

export interface GeneratedCommand {
  readonly reference: string
  /** The options of a command, ready to stand behind `zenml alerter register x --flavor=slack`. */
  readonly written: string
}

/** A command with one reference, in any quotes. */
export const command: fc.Arbitrary<GeneratedCommand> = fc
  .record({ secret: word, key: word, quote: fc.constantFrom('', '"', "'"), gap: fc.constantFrom(' ', ' \\\n') })
  .map(({ secret, key, quote, gap }) => {
    const reference = `{{${secret}.${key}}}`
    return {
      reference,
      written: `zenml alerter register x --flavor=slack${gap}--slack_token=${quote}${reference}${quote}`,
    }
  })

export interface Sound {
  readonly text: string
  readonly references: readonly string[]
}

/** Texts made of the parts that matter to a reader, in any order: most are broken. */
export function broken(parts: readonly string[]): fc.Arbitrary<string> {
  const some = [
    'zenml ',
    'zenml secret create a --b=c',
    '{{a.b}}',
    '{{',
    '}}',
    '\n',
    '\r\n',
    ' ',
    '    ',
    '\t',
    '\\',
    '\\\n',
    '"',
    "'",
    '`',
    '$',
    '#',
    '\0',
    '\ud800',
    'é',
  ]
  return fc.array(fc.constantFrom(...some, ...parts), { maxLength: 60 }).map(chosen => chosen.join(''))
}

export function assertSound(format: StackFormat, path: string, text: string): void {
  expect(unsoundPlaces(readAs(format, path, text))).toEqual([])
}

/** Every reference is found, in order, and its place reads like it. */
export function assertFinds(format: StackFormat, path: string, { text, references }: Sound): void {
  const attributes = (readAs(format, path, text)?.components ?? []).flatMap(component => component.attributes)
  expect(attributes.map(({ value }) => value)).toEqual(references)
  expect(attributes.map(({ range }) => text.slice(range?.start, range?.end))).toEqual(references)
}
