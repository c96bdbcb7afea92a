import fc from 'fast-check'
import { broken, command, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenNotebook = broken([
  '{"cells":[',
  '{"cell_type":"code","source":["',
  '"]}',
  '"]}]}',
  '!zenml ',
  '%%bash\\n',
  '{x}',
  '\\u00',
])

/** Texts that a reader has to understand. */
export const soundNotebook: fc.Arbitrary<Sound> = fc.array(command, { minLength: 1, maxLength: 5 }).map(commands => ({
  text: JSON.stringify(
    { cells: commands.map(({ written }) => ({ cell_type: 'code', source: `%%bash\n${written}\n` })) },
    null,
    1,
  ),
  references: commands.map(({ reference }) => reference),
}))
