import fc from 'fast-check'
import { broken, command, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenJustfile = broken(['x:\n', '\n  ', '{{{{', '{{x}}', 'x := "b"\n', '#!/bin/sh\n', '[script]\n'])

/** Texts that a reader has to understand. */
export const soundJustfile: fc.Arbitrary<Sound> = fc.array(command, { minLength: 1, maxLength: 5 }).map(commands => ({
  text: `all:\n${commands.map(({ written }) => `  @${written.replace('{{', '{{{{').replaceAll('\n', '\n    ')}\n`).join('')}`,
  references: commands.map(({ reference }) => reference),
}))
