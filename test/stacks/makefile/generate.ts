import fc from 'fast-check'
import { broken, command, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenMakefile = broken([
  'x:',
  '\n\t@',
  'define a\n',
  'endef\n',
  '$(A)',
  '${A',
  'A := b\n',
  'ifeq',
  '.ONESHELL:\n',
])

/** Texts that a reader has to understand. */
export const soundMakefile: fc.Arbitrary<Sound> = fc.array(command, { minLength: 1, maxLength: 5 }).map(commands => ({
  text: `all:\n${commands.map(({ written }) => `\t@${written}\n`).join('')}`,
  references: commands.map(({ reference }) => reference),
}))
