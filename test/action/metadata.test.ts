import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { outputNames } from '../../src/action/outputs.ts'
import { optionsOf } from '../../src/settings/options.ts'

const root = join(import.meta.dirname, '../..')
const metadata = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
const inputs: readonly [string, { description: string; default?: string; required?: boolean }][] = Object.entries(
  metadata.inputs,
)
const outputs: readonly [string, { description: string }][] = Object.entries(metadata.outputs)

describe('action.yml', () => {
  it('is valid', () => {
    const schema = JSON.parse(readFileSync(join(root, 'test/fixtures/schemas/github-actions.json'), 'utf8'))
    const validate = new Ajv({ strict: false }).compile(schema)
    validate(metadata)
    expect(validate.errors).toBeNull()
    expect(validate({ ...metadata, runs: { using: 'node99', main: 'x' } })).toBe(false)
  })

  it('runs the bundle on the current Node', () => {
    expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/action/index.js' })
  })

  it('has the inputs the settings know', () => {
    expect(inputs.map(([name]) => name).sort()).toEqual([...optionsOf('action').keys()].sort())
  })

  it('has the outputs the action sets', () => {
    expect(outputs.map(([name]) => name)).toEqual([...outputNames])
  })

  it('requires no input and leaves defaults to the code, but for what only the runner knows', () => {
    expect(inputs.filter(([, { required }]) => required !== false)).toEqual([])
    expect(inputs.flatMap(([name, input]) => ('default' in input ? [[name, input.default]] : []))).toEqual([
      ['comment-key', expression('strategy.job-index')],
      ['github-token', expression('github.token')],
    ])
  })

  it.each([...inputs, ...outputs])('describes %s in sentences', (_, { description }) => {
    expect(description).toMatch(/^[A-Z][^\n]*[.]$/)
  })

  it.each(inputs)(
    'says what %s is by default, and gives its choices and default as the code has them',
    (name, input) => {
      const option = optionsOf('action').get(name as never)
      expect(input.description).toContain('By default')
      for (const choice of option?.type === 'choice' ? option.choices : []) expect(input.description).toContain(choice)
      if (option?.default !== undefined) expect(input.description).toContain(option.default)
      if (option?.list) expect(input.description).toContain('one a line')
    },
  )
})

function expression(text: string): string {
  return `\${{ ${text} }}`
}
