import { expect, it } from 'vitest'
import { nameInside } from '../../src/stacks/file-name.ts'

it.each([
  ['Makefile', 'Makefile'],
  ['a/b/Makefile', 'Makefile'],
  ['a/{% if x %}Makefile{% endif %}', 'Makefile'],
  ['{% if x %}a{% else %}b{% endif %}.md', 'ab.md'],
  ['a.ipynb.j2', 'a.ipynb'],
  ['{% if', '{% if'],
  ['', ''],
])('the name inside %s is %s', (path, name) => {
  expect(nameInside(path)).toBe(name)
})
