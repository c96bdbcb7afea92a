import { describe, expect, it } from 'vitest'
import { canBeSecret, looksLikeCredential, saysSecret } from '../../src/validation/credential.ts'

describe('the name of a secret value', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'db-password',
    'aws_secret_access_key',
    'HF_TOKEN',
    'app.api_key',
    'SSH_PRIVATE_KEY',
  ])('is %s', name => {
    expect(saysSecret(name)).toBe(true)
  })

  it.each([
    'AWS_ACCESS_KEY_ID',
    'SECRET_NAME',
    'PASSWORD_FILE',
    'TOKENIZERS_PARALLELISM',
    'MAX_TOKENS',
    'EOS_TOKEN',
    'KEY',
    'NOPASSWORD',
    'TOKEN_URL',
    '',
  ])('is not %j', name => {
    expect(saysSecret(name)).toBe(false)
  })
})

describe('a text that can be a secret', () => {
  it.each(['hunter2', '12345678ab', 'p@ss-word!', 'https-is-no-address'])('is %s', text => {
    expect(canBeSecret(text)).toBe(true)
  })

  it.each([
    'short',
    'two words',
    'enabled',
    '1234567',
    '1.5.10.20',
    '/run/secrets/token',
    './token',
    '~/token',
    'vault://team/token',
    'arn:aws:secretsmanager:eu-west-1:1:secret:x',
    'credentials.json',
  ])('is not %s', text => {
    expect(canBeSecret(text)).toBe(false)
  })
})

describe('a credential', () => {
  it.each([
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'.replace('EXAMPLE', 'Q1w2E3'),
    'AKIAIOSFODNN7EXAMPLE',
    `ghp_${'a1B2'.repeat(9)}`,
    'a'.repeat(5000),
  ])('is recognised: %#', text => {
    expect(looksLikeCredential(text)).toBe(true)
  })

  it.each([
    'aws',
    'seldon_rclone',
    'my-Very-Long-Secret-Name-2024-production',
    'F3A9c1d2-0000-4000-8000-ABCDEF012345',
    'artifact-store-credentials',
  ])('is not %s', text => {
    expect(looksLikeCredential(text)).toBe(false)
  })
})
