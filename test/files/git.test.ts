import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listWithGit } from '../../src/files/git.ts'
import { addFiles, git, makeRepository, makeTree } from './tree.ts'

describe('listing with git', () => {
  it('names what is tracked or not ignored, relative to the directory', () => {
    const root = makeRepository({ '.gitignore': '*.log\n', 'a.yaml': '', 'x/b.yaml': '', 'x/c.log': '' })
    addFiles(root, { 'x/new.yaml': '', 'x/new.log': '' })
    expect(listWithGit(root)?.toSorted()).toEqual(['.gitignore', 'a.yaml', 'x/b.yaml', 'x/new.yaml'])
    expect(listWithGit(join(root, 'x'))?.toSorted()).toEqual(['b.yaml', 'new.yaml'])
  })

  it('gives nothing where there is no repository or no directory', () => {
    expect(listWithGit(makeTree({ 'a.yaml': '' }))).toBeUndefined()
    expect(listWithGit('/nowhere/at/all')).toBeUndefined()
  })

  it('passes over names that are not UTF-8 and nested repositories', () => {
    const root = makeRepository({ 'a.yaml': '', 'nested/b.yaml': '' })
    git(join(makeInside(root, 'other')), 'init', '--quiet')
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x62, 0xff]), Buffer.from('.yaml')]), '')
    expect(listWithGit(root)?.toSorted()).toEqual(['a.yaml', 'nested/b.yaml'])
  })

  it('keeps names with line breaks, quotes and other scripts', () => {
    const names = ['a\n::error::b.yaml', '"q".yaml', 'ключ.yaml', '-x.yaml', ' .yaml', '\u202eb.yaml']
    const root = makeRepository(Object.fromEntries(names.map(name => [name, ''])))
    expect(listWithGit(root)?.toSorted()).toEqual(names.toSorted())
  })

  it('names a file in conflict once', () => {
    const root = makeRepository({ 'a.yaml': 'base' })
    git(root, 'checkout', '--quiet', '-b', 'other')
    addFiles(root, { 'a.yaml': 'theirs' })
    git(root, 'commit', '--quiet', '--all', '--message', 'theirs')
    git(root, 'checkout', '--quiet', 'main')
    addFiles(root, { 'a.yaml': 'ours' })
    git(root, 'commit', '--quiet', '--all', '--message', 'ours')
    expect(() => git(root, 'merge', '--quiet', 'other')).toThrow()
    expect(listWithGit(root)).toEqual(['a.yaml'])
  })

  it('runs nothing that the repository configures', () => {
    const root = makeRepository({ 'a.yaml': 'x', '.gitattributes': '* filter=trap diff=trap\n' })
    const { marker, script } = makeTrap()
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'post-checkout', 'reference-transaction']) {
      addFiles(root, { [`.git/hooks/${hook}`]: `#!/bin/sh\n${script}\n` })
      chmodSync(join(root, '.git/hooks', hook), 0o755)
    }
    const settings = [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'core.editor',
      'core.askPass',
      'core.gitProxy',
      'filter.trap.clean',
      'filter.trap.smudge',
      'filter.trap.process',
      'diff.trap.command',
      'diff.trap.textconv',
      'pager.ls-files',
      'credential.helper',
      'core.alternateRefsCommand',
    ]
    for (const name of settings) git(root, 'config', name, script)
    git(root, 'config', 'alias.ls-files', `!${script}`)
    addFiles(root, { included: `[core]\n\tfsmonitor = ${script}\n`, 'a.yaml': 'changed' })
    git(root, 'config', 'include.path', '../included')
    expect(listWithGit(root)?.toSorted()).toEqual(['.gitattributes', 'a.yaml', 'included'])
    expect(existsSync(marker)).toBe(false)
    // The trap is a real one: a plain command springs it, and fails on it.
    expect(() => git(root, 'status', '--short')).toThrow()
    expect(existsSync(marker)).toBe(true)
  })

  it('takes no bare repository that lies in the tree for one', () => {
    const root = makeTree({ 'bare/a.yaml': '' })
    git(join(root, 'bare'), 'init', '--quiet', '--bare')
    const { marker, script } = makeTrap()
    git(join(root, 'bare'), 'config', 'core.bare', 'false')
    git(join(root, 'bare'), 'config', 'core.worktree', '.')
    git(join(root, 'bare'), 'config', 'core.fsmonitor', script)
    expect(listWithGit(join(root, 'bare'))).toBeUndefined()
    expect(existsSync(marker)).toBe(false)
  })

  it('reads no ignore file from elsewhere that the repository configures', () => {
    const root = makeRepository({ 'a.yaml': '' })
    const elsewhere = makeTree({ rules: '*.yaml\n' })
    git(root, 'config', 'core.excludesFile', join(elsewhere, 'rules'))
    addFiles(root, { 'b.yaml': '' })
    expect(listWithGit(root)?.toSorted()).toEqual(['a.yaml', 'b.yaml'])
  })

  it('does not hear the caller’s own git variables', () => {
    const root = makeRepository({ 'a.yaml': '' })
    const other = makeRepository({ 'b.yaml': '' })
    const before = process.env.GIT_DIR
    process.env.GIT_DIR = join(other, '.git')
    try {
      expect(listWithGit(root)).toEqual(['a.yaml'])
    } finally {
      if (before === undefined) delete process.env.GIT_DIR
      else process.env.GIT_DIR = before
    }
  })

  it('gives nothing where the repository is broken', () => {
    const root = makeRepository({ 'a.yaml': '' })
    addFiles(root, { '.git/index': 'DIRC broken' })
    expect(listWithGit(root)).toBeUndefined()
  })
})

function makeInside(root: string, name: string): string {
  addFiles(root, { [`${name}/c.yaml`]: '' })
  return join(root, name)
}

/** A command that leaves a mark when it is run. */
function makeTrap(): { readonly marker: string; readonly script: string } {
  const directory = makeTree({ trap: '' })
  const marker = join(directory, 'sprung')
  const script = join(directory, 'trap')
  writeFileSync(script, `#!/bin/sh\ntouch ${marker}\n`)
  chmodSync(script, 0o755)
  return { marker, script }
}
