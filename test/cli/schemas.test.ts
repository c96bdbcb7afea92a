import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { secretSchemas } from '../../src/backends/secret-schemas.ts'
import { run } from './run.ts'

const expected = [...secretSchemas].map(([name, keys]) => ({
  name,
  anyKey: keys === 'any',
  keys: keys === 'any' ? [] : [...keys].map(([key, presence]) => ({ name: key, presence })),
}))

describe('zenml-secrets schemas', () => {
  it('lists each key of each schema, and whether it has to be there', async () => {
    const { code, stdout, stderr } = await run(['schemas'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.split('\n').map(line => line.split(/ {2,}/))
    expect(lines[0]).toEqual(['SCHEMA', 'KEY', 'PRESENCE'])
    expect(lines).toContainEqual(['arbitrary', '(any)', 'optional'])
    expect(lines).toContainEqual(['seldon_s3', 'rclone_config_s3_type', 'default: ZenML fills it in'])
  })

  it('An AWS SecretSchema, for example, has key-value pairs for AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as well as an optional AWS_SESSION_TOKEN.', async () => {
    const { stdout } = await run(['schemas'])
    const aws = stdout.split('\n').filter(line => line.startsWith('aws '))
    expect(aws.map(line => line.split(/ {2,}/).slice(1))).toEqual([
      ['aws_access_key_id', 'required'],
      ['aws_secret_access_key', 'required'],
      ['aws_session_token', 'optional'],
    ])
  })

  it.each([
    ['json', (text: string) => JSON.parse(text)],
    ['yaml', (text: string) => parse(text)],
  ] as const)('prints them as %s for programs', async (format, read) => {
    const { code, stdout } = await run(['schemas', '--format', format])
    expect(code).toBe(0)
    expect(read(stdout)).toEqual(expected)
  })

  it('says which formats there are', async () => {
    const { code, stderr } = await run(['schemas', '--format', 'xml'])
    expect(code).toBe(2)
    expect(stderr).toContain('Allowed choices are table, json, yaml')
  })
})
