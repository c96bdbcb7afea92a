import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Candidate, Discovery, FileQuery } from '../../src/files/candidate.ts'
import { discover } from '../../src/files/discover.ts'
import { createFileReader } from '../../src/files/read.ts'
import { addFiles, git, makeRepository, makeTree } from './tree.ts'

const isYaml = (path: string) => /\.ya?ml$/.test(path)

function run(root: string, query: Partial<FileQuery> = {}): Discovery {
  return discover({ root, paths: [], exclude: [], confined: false, ...query }, isYaml)
}

const named = (path: string): Candidate => ({ path, named: true })
const globbed = (path: string, within = '.'): Candidate => ({ path, named: true, within })
const found = (path: string): Candidate => ({ path, named: false })
const below = (within: string, path: string): Candidate => ({ path: `${within}/${path}`, named: false, within })

const files = {
  '.gitignore': 'ignored/\n*.local.yaml\n',
  'README.md': '',
  'a.yaml': '',
  'a.local.yaml': '',
  'ignored/x.yaml': '',
  'stacks/b.yml': '',
  'stacks/prod/c.yaml': '',
  'stacks/.d.yaml': '',
  'node_modules/p/e.yaml': '',
  'app/.venv/f.yaml': '',
}

describe.each([
  ['a repository', () => makeRepository(files)],
  ['a directory without git', () => makeTree(files)],
])('discovery in %s', (_, make) => {
  it('without paths takes what is accepted and not ignored, sorted', () => {
    expect(run(make())).toEqual({
      files: [found('a.yaml'), found('stacks/.d.yaml'), found('stacks/b.yml'), found('stacks/prod/c.yaml')],
      unmatched: [],
    })
  })

  it('takes a literal path whatever its name, ignored, excluded or vendored', () => {
    const paths = ['README.md', 'a.local.yaml', './ignored/../ignored/x.yaml', 'node_modules/p/e.yaml']
    expect(run(make(), { paths, exclude: ['**'] })).toEqual({
      files: [named('README.md'), named('a.local.yaml'), named('ignored/x.yaml'), named('node_modules/p/e.yaml')],
      unmatched: [],
    })
  })

  it('takes a directory for the files below it that discovery would take', () => {
    expect(run(make(), { paths: ['stacks/'] })).toEqual({
      files: [below('stacks', '.d.yaml'), below('stacks', 'b.yml'), below('stacks', 'prod/c.yaml')],
      unmatched: [],
    })
    expect(run(make(), { paths: ['.'] }).files).toHaveLength(4)
  })

  it.each(['ignored', 'node_modules', 'app/.venv'])('looks into %s when it is named', directory => {
    expect(run(make(), { paths: [directory] }).files).toHaveLength(1)
  })

  it('takes what a glob matches of what discovery takes', () => {
    expect(run(make(), { paths: ['**/*.yaml'] })).toEqual({
      files: [globbed('a.yaml'), globbed('stacks/.d.yaml'), globbed('stacks/prod/c.yaml')],
      unmatched: [],
    })
    expect(run(make(), { paths: ['stacks/{*,prod/*}.{yml,yaml}', 'stacks/prod/*'] })).toEqual({
      files: [
        globbed('stacks/.d.yaml', 'stacks'),
        globbed('stacks/b.yml', 'stacks'),
        globbed('stacks/prod/c.yaml', 'stacks/prod'),
      ],
      unmatched: [],
    })
  })

  it.each(['ignored/*.yaml', '*.local.yaml', 'node_modules/**/*.yaml', '*.md', '!a.yaml', '*.json', '[x]', '{a,b}/*'])(
    'finds nothing for the glob %s',
    glob => {
      expect(run(make(), { paths: [glob, 'a.yaml'] })).toEqual({ files: [named('a.yaml')], unmatched: [glob] })
    },
  )

  it.each([
    [['stacks'], ['a.yaml']],
    [['stacks/'], ['a.yaml']],
    [['stacks/**'], ['a.yaml']],
    [['**/*.yaml'], ['stacks/b.yml']],
    [['*.yaml'], ['stacks/.d.yaml', 'stacks/b.yml', 'stacks/prod/c.yaml']],
    [['./a.yaml', 'stacks/.*', 'stacks/{b,x}.yml'], ['stacks/prod/c.yaml']],
    [
      ['!a.yaml', 'a'.repeat(2000), ''],
      ['a.yaml', 'stacks/.d.yaml', 'stacks/b.yml', 'stacks/prod/c.yaml'],
    ],
  ])('leaves out %j', (exclude, left) => {
    expect(run(make(), { exclude }).files).toEqual(left.map(found))
  })

  it('leaves excluded files out of globs and directories too', () => {
    const exclude = ['stacks/prod']
    expect(run(make(), { paths: ['stacks/**/*.yaml'], exclude }).files).toEqual([globbed('stacks/.d.yaml', 'stacks')])
    expect(run(make(), { paths: ['stacks/prod'], exclude })).toEqual({ files: [], unmatched: [] })
  })

  it('takes absolute paths, and excludes by them', () => {
    const root = make()
    const paths = [join(root, 'a.yaml'), join(root, 'stacks/*.yml'), join(root, 'stacks/prod')]
    expect(run(root, { paths, confined: true }).files).toEqual([
      named('a.yaml'),
      globbed('stacks/b.yml', 'stacks'),
      below('stacks/prod', 'c.yaml'),
    ])
    expect(run(root, { exclude: [join(root, 'stacks')] }).files).toEqual([found('a.yaml')])
  })

  it('names each file once: literal before glob before found', () => {
    const paths = ['stacks', 'stacks/*.yml', 'stacks/b.yml', 'a.yaml', 'a.yaml']
    const { files } = run(make(), { paths })
    expect(files).toEqual([
      named('a.yaml'),
      below('stacks', '.d.yaml'),
      named('stacks/b.yml'),
      below('stacks', 'prod/c.yaml'),
    ])
    expect(run(make(), { paths: ['stacks/*.yml', 'stacks'] }).files).toContainEqual(globbed('stacks/b.yml', 'stacks'))
  })

  it.each(['nowhere.yaml', 'a.yaml/b.yaml', '', 'a\0b', 'x'.repeat(5000)])('says that %j matches no file', path => {
    expect(run(make(), { paths: [path] })).toEqual({ files: [], unmatched: [path] })
  })

  it('takes a directory that holds nothing for us for what it is', () => {
    const root = make()
    mkdirSync(join(root, 'empty'))
    expect(run(root, { paths: ['empty'] })).toEqual({ files: [], unmatched: [] })
  })
})

describe('discovery', () => {
  it('hands on an empty directory that is called like a file, for reading to say what it is', () => {
    const root = makeTree({})
    mkdirSync(join(root, 'x.yaml'))
    expect(run(root, { paths: ['x.yaml'] })).toEqual({ files: [named('x.yaml')], unmatched: [] })
  })

  it('takes what exists under a name with glob characters literally', () => {
    const root = makeTree({ '[a].yaml': '', 'a.yaml': '', '!b.yaml': '', '{x}/c.yaml': '' })
    expect(run(root, { paths: ['[a].yaml', '!b.yaml', '{x}'] })).toEqual({
      files: [named('!b.yaml'), named('[a].yaml'), below('{x}', 'c.yaml')],
      unmatched: [],
    })
  })

  it('takes a directory for a directory, even where it is called x.yaml', () => {
    const root = makeTree({ 'x.yaml/a.yaml': '' })
    expect(run(root).files).toEqual([found('x.yaml/a.yaml')])
    expect(run(root, { paths: ['x.yaml'] }).files).toEqual([below('x.yaml', 'a.yaml')])
  })

  it('takes tracked files that a rule ignores, and the root that its repository ignores', () => {
    const root = makeRepository({ 'a.yaml': '', 'sub/b.yaml': '' })
    addFiles(root, { '.gitignore': '*.yaml\nother/\n', 'new.yaml': '', 'other/c.yaml': '' })
    expect(run(root).files).toEqual([found('a.yaml'), found('sub/b.yaml')])
    expect(run(join(root, 'other')).files).toEqual([found('c.yaml')])
  })

  it('lists submodules and deleted files, which reading refuses', () => {
    const library = makeRepository({ 'lib.yaml': '' })
    const root = makeRepository({ 'a.yaml': '', 'gone.yaml': '' })
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'module.yaml')
    rmSync(join(root, 'gone.yaml'))
    const { files } = run(root)
    expect(files).toEqual([found('a.yaml'), found('gone.yaml'), found('module.yaml')])
    const reader = createFileReader({ root, confined: true })
    expect(files.map(file => reader.read(file).kind)).toEqual(['text', 'unreadable', 'unreadable'])
    expect(run(root, { paths: ['module.yaml'] }).files).toEqual([below('module.yaml', 'lib.yaml')])
  })

  it('does not follow directory links but the one that is named', () => {
    const root = makeRepository({ 'real/a.yaml': '' })
    symlinkSync('real', join(root, 'link'))
    symlinkSync('.', join(root, 'loop.yaml'))
    expect(run(root).files).toEqual([found('loop.yaml'), found('real/a.yaml')])
    expect(run(root, { paths: ['link'], confined: true }).files).toEqual([below('link', 'a.yaml')])
    expect(run(root, { paths: ['link/*.yaml'] }).unmatched).toEqual(['link/*.yaml'])
  })

  it('takes paths outside the root when not confined', () => {
    const root = join(makeTree({ 'ws/a.yaml': '', 'x/b.yaml': '', 'x/y/c.yaml': '', 'x/n.md': '' }), 'ws')
    expect(run(root, { paths: ['../x'] }).files).toEqual([below('../x', 'b.yaml'), below('../x', 'y/c.yaml')])
    expect(run(root, { paths: ['../x/n.md'] }).files).toEqual([named('../x/n.md')])
    expect(run(root, { paths: ['../x/**/*.yaml'] }).files).toEqual([
      globbed('../x/b.yaml', '../x'),
      globbed('../x/y/c.yaml', '../x'),
    ])
    expect(run(root, { paths: [join(dirname(root), 'x/y')] }).files).toEqual([below('../x/y', 'c.yaml')])
  })

  it('hands on paths outside the root to be refused when confined', () => {
    const root = join(makeTree({ 'ws/a.yaml': '', 'x/b.yaml': '' }), 'ws')
    symlinkSync('../x', join(root, 'link'))
    const paths = ['../x', '../x/b.yaml', '../nowhere', 'link', '..', '/etc/passwd']
    const { files, unmatched } = run(root, { paths, confined: true })
    expect(unmatched).toEqual([])
    expect(files).toHaveLength(paths.length)
    const reader = createFileReader({ root, confined: true })
    for (const file of files) {
      expect(file.named).toBe(true)
      expect(reader.read(file)).toMatchObject({
        kind: 'unreadable',
        reason: expect.stringContaining('outside the workspace'),
      })
    }
  })

  it.each(['../**', '/etc/**', '/*', '{../x,/etc}/*', '*/../../x/*'])('finds nothing for %s when confined', glob => {
    const root = join(makeTree({ 'ws/a.yaml': '', 'x/b.yaml': '' }), 'ws')
    expect(run(root, { paths: [glob], confined: true })).toEqual({ files: [], unmatched: [glob] })
  })

  it('knows the root by another name that links to it', () => {
    const root = join(makeTree({ 'ws/a.yaml': '' }), 'ws')
    symlinkSync(root, join(dirname(root), 'alias'))
    const paths = [join(dirname(root), 'alias', 'a.yaml')]
    expect(run(root, { paths, confined: true }).files).toEqual([named('a.yaml')])
  })

  it('leaves a path that cannot be looked at to reading', () => {
    const root = makeTree()
    symlinkSync('loop.yaml', join(root, 'loop.yaml'))
    symlinkSync('nowhere', join(root, 'broken.yaml'))
    const { files } = run(root, { paths: ['loop.yaml', 'broken.yaml'] })
    expect(files).toEqual([named('broken.yaml'), named('loop.yaml')])
  })

  it('sorts by code unit', () => {
    const names = ['b.yaml', 'B.yaml', 'a-b.yaml', 'a/b.yaml', 'ä.yaml', '😀.yaml', '\uFB01.yaml']
    const root = makeTree(Object.fromEntries(names.map(name => [name, ''])))
    expect(run(root).files.map(file => file.path)).toEqual(names.toSorted())
  })

  it('takes names of any kind', () => {
    const names = [
      'a\n::error::b.yaml',
      'b##[warning]hi.yaml',
      '%0A.yaml',
      '-x.yaml',
      '\u202Eb.yaml',
      `${'x'.repeat(250)}.yaml`,
    ]
    const root = makeRepository(Object.fromEntries(names.map(name => [name, ''])))
    expect(run(root).files.map(file => file.path)).toEqual(names.toSorted())
    expect(basename(root)).not.toBe('')
  })
})
