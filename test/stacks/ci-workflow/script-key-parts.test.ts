import { expect, it } from 'vitest'
import { scriptKeyParts } from '../../../src/stacks/ci-workflow/script-key-parts.ts'
import { scriptKeys } from '../../../src/stacks/ci-workflow/scripts.ts'

it('a file with any key that scripts are taken from has one of the words that are searched for', () => {
  const written = [...scriptKeys].flatMap(key => [`${key}: x`, `"${key}": x`, `'${key}' : x`, `${key} : x`])
  expect(written.filter(text => !scriptKeyParts.some(part => text.includes(part)))).toEqual([])
})
