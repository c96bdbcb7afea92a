import { describe, expect, it } from 'vitest'
import { makeTree } from '../files/tree.ts'
import { checkTree } from './run.ts'

const head = '# {% include "license" %}\nmodel:\n  name: {{ product }}-{{ base.replace("/", "-") }}\n'
const configuration = `${head}settings:\n  docker:\n    requirements: [a]\nsteps:\n  train:\n    parameters: {a: 1}\nsecrets:\n- hub\n`

describe('a run configuration that a program has yet to fill in', () => {
  it('is nothing to report, and what it can be seen to need is listed', async () => {
    const root = makeTree({ 'template/configs/train.yaml': configuration })
    const { report } = await checkTree(root, { level: 'NONE' })
    expect(report.findings).toEqual([])
    expect(report.uses.map(({ secret }) => secret)).toEqual(['hub'])
  })

  it('is reported where it was named', async () => {
    const root = makeTree({ 'train.yaml': configuration })
    const { report } = await checkTree(root, { level: 'NONE', paths: 'train.yaml' })
    expect(report.findings.map(({ finding }) => finding.kind)).toContain('unreadable-file')
  })

  it('is reported where it only looks broken', async () => {
    const root = makeTree({ 'train.yaml': configuration.replace('# {% include "license" %}\n', '') })
    const { report } = await checkTree(root, { level: 'NONE' })
    expect(report.findings.map(({ finding }) => finding.kind)).toContain('unreadable-file')
  })
})
