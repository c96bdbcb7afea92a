import { describe, expect, it } from 'vitest'
import { fileKind } from '../../src/stacks/formats.ts'

async function readersOf(path: string): Promise<readonly string[]> {
  const readers = await Promise.all((fileKind(path)?.formats ?? []).map(({ load }) => load()))
  return readers.filter(reader => reader.matchesPath(path)).map(({ name }) => name)
}

describe('the readers of a file', () => {
  it.each<readonly [string, readonly string[]]>([
    ['stacks/prod.yaml', ['stack-export', 'run-configuration', 'ci-workflow']],
    ['PROD.YML', ['stack-export', 'run-configuration', 'ci-workflow']],
    ['a.json', ['stack-export', 'run-configuration']],
    ['main.tf', ['terraform']],
    ['main.tf.json', ['terraform']],
    ['run.py', ['python']],
    ['{% if x %}run.py{% endif %}', ['python']],
    ['setup.sh', ['shell-script']],
    ['.envrc', ['shell-script']],
    ['Makefile', ['makefile']],
    ['Makefile.local', ['makefile']],
    ['build/common.mk', ['makefile']],
    ['README.md', ['markdown']],
    ['guide.rst', ['markdown']],
    ['train.ipynb', ['notebook', 'notebook-text']],
    ['Dockerfile', ['dockerfile']],
    ['Dockerfile.dev', ['dockerfile']],
    ['dockerfile-gpu', ['dockerfile']],
    ['train.Dockerfile', ['dockerfile']],
    ['justfile', ['justfile']],
    ['.justfile', ['justfile']],
    ['tasks.just', ['justfile']],
  ])('of %s are told by its name', async (path, readers) => {
    expect(await readersOf(path)).toEqual(readers)
  })

  it.each([
    'a.css',
    'LICENSE',
    'README',
    'makefiles',
    'docker-compose',
    'a.yaml.bak',
    'yaml',
    '.gitignore',
    'a.py/b',
    'setup.sh.orig',
    '',
  ])('of %j are none, so that it is never opened', path => {
    expect(fileKind(path)).toBeUndefined()
  })
})
