import fc from 'fast-check'
import { broken, command, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenMarkdown = broken([
  '\n```\n',
  '\n~~~sh\n',
  '\n> ',
  '\n- ',
  '$ ',
  '<!--',
  '-->',
  '\n```python\n',
  '::\n',
  '.. code-block:: sh\n',
])

/** Texts that a reader has to understand. */
export const soundMarkdown: fc.Arbitrary<Sound> = fc.array(command, { minLength: 1, maxLength: 5 }).map(commands => ({
  text: commands
    .map(({ written }) => `- x\n\n  \`\`\`bash\n  $ ${written.replaceAll('\n', '\n  ')}\n  \`\`\`\n`)
    .join('\n'),
  references: commands.map(({ reference }) => reference),
}))
