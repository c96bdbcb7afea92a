import fc from 'fast-check'
import { broken, command, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenWorkflow = broken([
  '\n- run: ',
  'run: |\n',
  '>-\n',
  '${{ a }}',
  'script:\n',
  '- ',
  '&a',
  '*a',
  '\nenv: {A: b}\n',
  '[',
  ']',
])

/** Texts that a reader has to understand. */
export const soundWorkflow: fc.Arbitrary<Sound> = fc.array(command, { minLength: 1, maxLength: 5 }).map(commands => ({
  text: `steps:\n${commands.map(({ written }) => `  - run: |\n      ${written.replaceAll('\n', '\n      ')}\n`).join('')}`,
  references: commands.map(({ reference }) => reference),
}))
