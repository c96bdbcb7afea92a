import fc from 'fast-check'
import { broken, command, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenDockerfile = broken([
  '\nRUN ',
  '\nENV ',
  '["',
  '"]',
  '<<EOF',
  '\nEOF\n',
  'FROM x AS y\n',
  '--mount=x ',
])

/** Texts that a reader has to understand. */
export const soundDockerfile: fc.Arbitrary<Sound> = fc.array(command, { minLength: 1, maxLength: 5 }).map(commands => ({
  text: `FROM x\n${commands.map(({ written }) => `RUN ${written}\n`).join('')}`,
  references: commands.map(({ reference }) => reference),
}))
