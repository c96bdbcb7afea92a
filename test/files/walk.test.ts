import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walk } from '../../src/files/walk.ts'
import { addFiles, git, makeTree } from './tree.ts'

const walkFrom = (root: string, start = root) => [...walk(start, root)].sort()

describe('the walk that stands in for git', () => {
  it('lists files of any name and depth, dot files included', () => {
    const root = makeTree({ 'a.yaml': '', 'x/y/b.yaml': '', '.github/c.yaml': '', 'x/.d': '' })
    expect(walkFrom(root)).toEqual(['.github/c.yaml', 'a.yaml', 'x/.d', 'x/y/b.yaml'])
  })

  it('honours .gitignore files, the nested ones for what is below them', () => {
    const root = makeTree({
      '.gitignore': '# comment\n*.log\n/build/\n!keep.log\nsecret.yaml\n',
      'a.log': '',
      'keep.log': '',
      'build/a.yaml': '',
      'x/build/a.yaml': '',
      'x/.gitignore': 'b.yaml\n!secret.yaml\n',
      'x/b.yaml': '',
      'x/secret.yaml': '',
      'b.yaml': '',
      'secret.yaml': '',
    })
    expect(walkFrom(root)).toEqual([
      '.gitignore',
      'b.yaml',
      'keep.log',
      'x/.gitignore',
      'x/build/a.yaml',
      'x/secret.yaml',
    ])
  })

  it('applies the rules above the directory it starts from', () => {
    const root = makeTree({ '.gitignore': 'x/b.yaml\n', 'x/a.yaml': '', 'x/b.yaml': '' })
    expect(walkFrom(root, join(root, 'x'))).toEqual(['a.yaml'])
  })

  it('walks an ignored directory it is told to start from', () => {
    const root = makeTree({ '.gitignore': 'x\n*.yaml\n', 'x/y/a.yaml': '', 'x/y/.gitignore': 'b*', 'x/y/b.yaml': '' })
    expect(walkFrom(root, join(root, 'x/y'))).toEqual(['.gitignore', 'a.yaml'])
  })

  it('enters no vendored folder, no nested repository and no link', () => {
    const root = makeTree({
      'node_modules/a.yaml': '',
      'x/.venv/lib/a.yaml': '',
      'x/site-packages/a.yaml': '',
      '.git/a.yaml': '',
      'nested/.git/HEAD': '',
      'nested/a.yaml': '',
      'submodule/.git': 'gitdir: ../.git/modules/submodule',
      'submodule/a.yaml': '',
      'real/a.yaml': '',
    })
    symlinkSync('real', join(root, 'link'))
    symlinkSync('.', join(root, 'loop'))
    expect(walkFrom(root)).toEqual(['link', 'loop', 'real/a.yaml'])
  })

  it('starts from a directory that is a repository', () => {
    const root = makeTree({ '.git/HEAD': '', 'a.yaml': '' })
    expect(walkFrom(root)).toEqual(['a.yaml'])
  })

  it('passes over pipes and names that are not UTF-8', () => {
    const root = makeTree({ 'a.yaml': '' })
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x62, 0xff]), Buffer.from('.yaml')]), '')
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe])]))
    expect(walkFrom(root)).toEqual(['a.yaml'])
  })

  it('does not follow a .gitignore that is a link', () => {
    const root = makeTree({ 'a.yaml': '', rules: '*.yaml\n' })
    symlinkSync('rules', join(root, '.gitignore'))
    expect(walkFrom(root)).toEqual(['.gitignore', 'a.yaml', 'rules'])
  })

  it('lists nothing where there is no such directory', () => {
    expect(walk('/nowhere/at/all', '/nowhere')).toEqual([])
  })

  it('ignores what git ignores', () => {
    const paths = ['a', 'b', 'x/a', 'x/b', 'x/y/a', 'x/y/ab', 'y/x/a', '#a', '!a', 'a b', 'ab ', 'x/a.b']
    const root = makeTree(Object.fromEntries(paths.map(path => [path, ''])))
    git(root, 'init', '--quiet')
    const line = fc.constantFrom(
      'a',
      'b',
      '/a',
      'x',
      'x/',
      '/x/',
      'a/',
      'x/a',
      '/x/a',
      'x/*',
      'x/**',
      '**/a',
      '**/y/',
      'x/**/a',
      'y/**/',
      '*',
      '!a',
      '!x',
      '!x/',
      '!x/a',
      '!/a',
      '!*/',
      '*b',
      '?',
      '[a]',
      '[!a]',
      '\\#a',
      '\\!a',
      '#a',
      'a b',
      'ab\\ ',
      'ab  ',
      'a\r',
      '',
      '/',
      '**',
      '/*',
      '!/x',
      'a*b',
      '*.b',
      './a',
      'x//a',
      '\\a',
    )
    const file = fc.array(line, { maxLength: 6 })
    fc.assert(
      fc.property(file, file, (top, nested) => {
        addFiles(root, { '.gitignore': top.join('\n'), 'x/.gitignore': nested.join('\n') })
        const listed = git(root, 'ls-files', '-z', '--others', '--exclude-standard').split('\0').filter(Boolean)
        expect(walkFrom(root)).toEqual(listed.sort())
      }),
      { numRuns: 150 },
    )
  })
})
