import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/files/candidate.ts'
import { createFileReader, type FileReader, readConfiguredFile } from '../../src/files/read.ts'
import { makeTree } from './tree.ts'

const limit = 1_048_576
const outside = 'It lies outside the workspace, where nothing is read.'

function read(root: string, candidate: Candidate, confined = false): ReturnType<FileReader['read']> {
  return createFileReader({ root, confined }).read(candidate)
}

const named = (path: string): Candidate => ({ path, named: true })
const globbed = (path: string, within = '.'): Candidate => ({ path, named: true, within })
const discovered = (path: string): Candidate => ({ path, named: false })

describe('a reader that looks at bytes first', () => {
  it('does not decode what is not wanted, and keeps no byte of one file for the next', () => {
    const root = makeTree({ 'a.sh': 'zenml and much more than the next', 'b.sh': 'short', 'c/d.sh': '' })
    const reader = createFileReader({ root, confined: true })
    const seen: string[] = []
    const texts = ['a.sh', 'b.sh', 'c/d.sh'].map(path =>
      reader.read(discovered(path), bytes => {
        seen.push(bytes.toString())
        return bytes.includes('zenml')
      }),
    )
    expect(seen).toEqual(['zenml and much more than the next', 'short', ''])
    expect(texts).toEqual([
      { kind: 'text', content: 'zenml and much more than the next' },
      { kind: 'unwanted' },
      { kind: 'unwanted' },
    ])
  })

  it('says of what it cannot read why, whatever is wanted', () => {
    const root = makeTree({ 'large.sh': 'x'.repeat(limit + 1) })
    const reader = createFileReader({ root, confined: true })
    expect(reader.read(discovered('large.sh'), () => false)).toMatchObject({ kind: 'unreadable' })
    expect(reader.read(discovered('gone.sh'), () => false)).toMatchObject({ kind: 'unreadable' })
  })
})

describe('reading a file', () => {
  it.each([
    ['plain text', 'a: ä\r\n'],
    ['nothing', ''],
    ['one byte', 'a'],
    ['a byte-order mark, which stays', '\uFEFFa: 1'],
    ['a file of exactly the limit', 'x'.repeat(limit)],
  ])('gives its text: %s', (_, content) => {
    const root = makeTree({ 'x/a.yaml': content })
    expect(read(root, discovered('x/a.yaml'), true)).toEqual({ kind: 'text', content })
  })

  it('refuses what is larger than 1 MiB, and gives its first 1 MiB to look at', () => {
    const root = makeTree({ 'a.yaml': 'x'.repeat(limit + 1) })
    expect(read(root, named('a.yaml'))).toEqual({
      kind: 'unreadable',
      reason: 'It is too large: 1,048,577 bytes, where at most 1,048,576 (1 MiB) are read.',
      head: 'x'.repeat(limit),
    })
  })

  it.each([
    ['invalid UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'It is not valid UTF-8: save it as UTF-8 text.', 'a\uFFFDb'],
    ['an overlong form', Buffer.from([0xc0, 0xaf]), 'It is not valid UTF-8: save it as UTF-8 text.', '\uFFFD\uFFFD'],
    [
      'UTF-16, little end first',
      Buffer.from('\uFEFFa: 1', 'utf16le'),
      'It is written in UTF-16: save it as UTF-8.',
      'a: 1',
    ],
    [
      'UTF-16, big end first',
      Buffer.from('\uFEFFa: 1', 'utf16le').swap16(),
      'It is written in UTF-16: save it as UTF-8.',
      'a: 1',
    ],
    [
      'UTF-32',
      Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
      'It is written in UTF-32: save it as UTF-8.',
      '\uFFFD\uFFFDa',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('components:', 'utf16le'),
      'It holds NUL bytes, so it is binary or in another encoding: save it as UTF-8 text.',
      'components:',
    ],
  ])('refuses %s, and gives what can be made of it', (_, bytes, reason, head) => {
    const root = makeTree({ 'a.yaml': bytes })
    expect(read(root, named('a.yaml'))).toEqual({ kind: 'unreadable', reason, head })
  })

  it.each([
    ['a directory', (path: string) => mkdirSync(path), 'It is a directory, not a file.'],
    [
      'a pipe, without waiting',
      (path: string) => execFileSync('sh', ['-c', 'mkfifo "$0"', path]),
      'It is not a regular file, so it is not read.',
    ],
    ['a link to a device', (path: string) => symlinkSync('/dev/zero', path), `It is a symbolic link. ${outside}`],
    ['what is gone', () => undefined, 'There is no such file, or it is gone by now.'],
    [
      'a link that leads nowhere',
      (path: string) => symlinkSync('nowhere', path),
      'There is no such file, or it is gone by now.',
    ],
    ['a link to itself', (path: string) => symlinkSync('a.yaml', path), 'Too many symbolic links lead to it.'],
  ])('refuses %s', (_, make, reason) => {
    const root = makeTree()
    make(join(root, 'a.yaml'))
    expect(read(root, named('a.yaml'))).toEqual({ kind: 'unreadable', reason, head: '' })
  })

  it('says when there is no permission, to the file or to its directory', () => {
    const root = makeTree({ 'a.yaml': 'a', 'x/b.yaml': 'b' })
    chmodSync(root, 0o755)
    chmodSync(join(root, 'a.yaml'), 0)
    chmodSync(join(root, 'x'), 0)
    const reason = 'There is no permission to read it.'
    asOrdinaryUser(() => {
      expect(read(root, named('a.yaml'))).toEqual({ kind: 'unreadable', reason, head: '' })
      expect(read(root, named('x/b.yaml'))).toEqual({ kind: 'unreadable', reason, head: '' })
    })
    chmodSync(join(root, 'x'), 0o755)
  })

  it('reads a file of the system whose size is not told', () => {
    const root = makeTree()
    const result = read(root, named(`${'../'.repeat(root.split('/').length)}proc/self/status`))
    expect(result).toEqual({ kind: 'text', content: expect.stringContaining('Name:') })
  })
})

describe('links and the workspace', () => {
  const canary = 'canary-outside'

  function makeWorkspace() {
    const parent = makeTree({ 'ws/real/a.yaml': 'inside', 'other/secret.yaml': canary })
    const root = join(parent, 'ws')
    symlinkSync('real/a.yaml', join(root, 'inside.yaml'))
    symlinkSync('../other/secret.yaml', join(root, 'outside.yaml'))
    symlinkSync('../other', join(root, 'outside'))
    symlinkSync('real', join(root, 'linked'))
    return root
  }

  it.each([
    ['a link that was named', named('inside.yaml')],
    ['a link that a glob matched', globbed('inside.yaml')],
    ['a named file below a linked directory', named('linked/a.yaml')],
  ])('follows %s to its target inside, confined or not', (_, candidate) => {
    const root = makeWorkspace()
    expect(read(root, candidate, true)).toEqual({ kind: 'text', content: 'inside' })
    expect(read(root, candidate, false)).toEqual({ kind: 'text', content: 'inside' })
  })

  it('follows a path that goes up out of the workspace only when not confined', () => {
    const root = makeWorkspace()
    const candidate = named('../other/secret.yaml')
    expect(read(root, candidate, false)).toEqual({ kind: 'text', content: canary })
    expect(read(root, candidate, true)).toEqual({ kind: 'unreadable', reason: outside, head: '' })
  })

  it.each([
    ['a link that was named', named('outside.yaml'), `It is a symbolic link. ${outside}`],
    ['a file below a linked directory', named('outside/secret.yaml'), outside],
  ])('never follows %s out of the workspace', (_, candidate, reason) => {
    const root = makeWorkspace()
    for (const confined of [false, true]) {
      expect(read(root, candidate, confined)).toEqual({ kind: 'unreadable', reason, head: '' })
    }
  })

  it.each([
    ['a discovered link', discovered('inside.yaml'), 'It is a symbolic link, which is not followed.'],
    [
      'a discovered link that leads outside',
      discovered('outside.yaml'),
      'It is a symbolic link, which is not followed.',
    ],
    ['a file discovered below a link that leads outside', discovered('outside/secret.yaml'), outside],
    ['a link that a glob matched and that leads outside', globbed('outside.yaml'), `It is a symbolic link. ${outside}`],
    ['a link that leads out of the glob’s directory', globbed('linked/../inside.yaml', 'outside'), outside],
  ])('never follows %s', (_, candidate, reason) => {
    const root = makeWorkspace()
    expect(read(root, candidate, false)).toEqual({ kind: 'unreadable', reason, head: '' })
    expect(read(root, candidate, true)).toMatchObject({ kind: 'unreadable', head: '' })
  })

  it.each(['/proc/self/environ', '/etc/passwd'])('shows nothing of %s, not even its name', target => {
    const root = makeTree()
    symlinkSync(target, join(root, 'a.yaml'))
    for (const candidate of [discovered('a.yaml'), globbed('a.yaml')]) {
      const result = read(root, candidate)
      expect(result).toMatchObject({ kind: 'unreadable', head: '' })
      expect(JSON.stringify(result)).not.toContain(target)
    }
    expect(JSON.stringify(read(root, named('a.yaml'), true))).not.toContain(target)
  })

  it('tells nothing about whether something outside exists when confined', () => {
    const root = makeWorkspace()
    const refused = { kind: 'unreadable', reason: outside, head: '' }
    expect(read(root, named('../other/secret.yaml'), true)).toEqual(refused)
    expect(read(root, named('../nowhere/at/all.yaml'), true)).toEqual(refused)
  })

  it('reads what was found below a directory outside the root that was searched', () => {
    const root = makeWorkspace()
    const candidate = { path: '../other/secret.yaml', named: false, within: '../other' }
    expect(read(root, candidate, false)).toEqual({ kind: 'text', content: canary })
    expect(read(root, candidate, true)).toMatchObject({ kind: 'unreadable', reason: outside })
  })

  it('takes a root that is itself a link for what it leads to', () => {
    const root = makeWorkspace()
    symlinkSync(root, join(dirname(root), 'alias'))
    expect(read(join(dirname(root), 'alias'), discovered('real/a.yaml'), true)).toEqual({
      kind: 'text',
      content: 'inside',
    })
  })

  it('does not follow a file that was swapped for a link after it was found', () => {
    const root = makeWorkspace()
    const reader = createFileReader({ root, confined: true })
    expect(reader.read(discovered('real/a.yaml'))).toEqual({ kind: 'text', content: 'inside' })
    renameSync(join(root, 'outside.yaml'), join(root, 'real/a.yaml'))
    expect(reader.read(discovered('real/a.yaml'))).toMatchObject({ kind: 'unreadable', head: '' })
  })
})

describe('a file the user configured', () => {
  it('is read through links', () => {
    const root = makeTree({ 'real.yaml': 'a: 1' })
    symlinkSync('real.yaml', join(root, 'link.yaml'))
    expect(readConfiguredFile(join(root, 'link.yaml'))).toEqual({ kind: 'text', content: 'a: 1' })
  })

  it('is bounded like any other', () => {
    const root = makeTree({ 'a.yaml': 'x'.repeat(limit + 1) })
    expect(readConfiguredFile(join(root, 'a.yaml'))).toMatchObject({ kind: 'unreadable' })
    expect(readConfiguredFile(join(root, 'b.yaml'))).toMatchObject({ kind: 'unreadable' })
    expect(readConfiguredFile(root)).toMatchObject({ kind: 'unreadable', reason: 'It is a directory, not a file.' })
  })
})

/** Permissions do not hold for the superuser, as whom containers often run tests. */
function asOrdinaryUser(act: () => void): void {
  const superuser = process.geteuid?.() === 0
  if (superuser) process.seteuid?.(65534)
  try {
    act()
  } finally {
    if (superuser) process.seteuid?.(0)
  }
}
