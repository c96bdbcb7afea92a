import { lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeReportFile } from '../../src/action/report-file.ts'
import { makeTree } from '../files/tree.ts'

describe('writeReportFile', () => {
  it('writes a file and the folders above it, and leaves nothing else behind', async () => {
    const workspace = makeTree()
    await writeReportFile(join(workspace, 'a/b/report.json'), '{}\n', workspace)
    expect(readFileSync(join(workspace, 'a/b/report.json'), 'utf8')).toBe('{}\n')
    expect(readdirSync(join(workspace, 'a/b'))).toEqual(['report.json'])
  })

  it('replaces a file', async () => {
    const workspace = makeTree({ 'report.json': 'old' })
    await writeReportFile(join(workspace, 'report.json'), 'new', workspace)
    expect(readFileSync(join(workspace, 'report.json'), 'utf8')).toBe('new')
  })

  it('replaces a link and leaves alone what it led to', async () => {
    const outside = makeTree({ env: 'A=1\n' })
    const workspace = makeTree()
    symlinkSync(join(outside, 'env'), join(workspace, 'report.json'))
    await writeReportFile(join(workspace, 'report.json'), '{}', workspace)
    expect(readFileSync(join(outside, 'env'), 'utf8')).toBe('A=1\n')
    expect(lstatSync(join(workspace, 'report.json')).isFile()).toBe(true)
  })

  it.each(['out/report.json', 'out/new/deep/report.json'])(
    'refuses %s through a folder that is a link out',
    async path => {
      const outside = makeTree()
      const workspace = makeTree()
      symlinkSync(outside, join(workspace, 'out'))
      await expect(writeReportFile(join(workspace, path), '{}', workspace)).rejects.toMatchObject({ code: 'EXDEV' })
      expect(readdirSync(outside)).toEqual([])
    },
  )

  it('takes a link within the workspace, and a workspace that is itself reached by a link', async () => {
    const workspace = makeTree({ 'real/x': '' })
    symlinkSync(join(workspace, 'real'), join(workspace, 'link'))
    const elsewhere = makeTree()
    symlinkSync(workspace, join(elsewhere, 'workspace'))
    await writeReportFile(join(elsewhere, 'workspace/link/report.json'), '{}', join(elsewhere, 'workspace'))
    expect(readFileSync(join(workspace, 'real/report.json'), 'utf8')).toBe('{}')
  })

  it('takes a path outside the workspace as the workflow gives it', async () => {
    const outside = makeTree()
    await writeReportFile(join(outside, 'report.json'), '{}', makeTree())
    expect(readdirSync(outside)).toEqual(['report.json'])
  })

  it('rejects and leaves nothing where it cannot write', async () => {
    const workspace = makeTree({ 'report.json/x': '' })
    await expect(writeReportFile(join(workspace, 'report.json'), '{}', workspace)).rejects.toMatchObject({
      code: 'EISDIR',
    })
    expect(readdirSync(workspace)).toEqual(['report.json'])
  })
})
