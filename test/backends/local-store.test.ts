import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLocalStore } from '../../src/backends/local/store.ts'
import { describeStoreContract } from './store-contract.ts'
import { temporaryDirectory } from './temporary.ts'

const golden = join(import.meta.dirname, '../fixtures/local-secrets')
const signal = AbortSignal.timeout(120_000)
const directory = temporaryDirectory()
afterAll(directory.remove)

let count = 0
const freshPath = () => join(directory.path, `secrets-${count++}.yaml`)
const optionsOf = (secretsFile: string) => ({ secretsFile, localStores: '/nowhere', componentId: undefined })
const storeOf = (file: string) => openLocalStore(optionsOf(file))
const secret = (name: string, values: Record<string, string>, schema = 'arbitrary') => ({
  name,
  values: new Map(Object.entries(values)),
  schema,
  isPrivate: false,
})

describeStoreContract('local', () => ({
  create: () => storeOf(freshPath()),
  legalNames: [
    '',
    'my.dotted',
    'sp ace/né',
    '123',
    'yes',
    '__proto__',
    'a: b',
    "it's",
    '#x',
    '- a',
    '{{a.b}}',
    '<<',
    '🔑',
  ],
  illegalNames: [],
  keepsSchema: true,
  cleanup: () => undefined,
}))

describe('the local secrets file', () => {
  it('is written as ZenML writes it', async () => {
    const file = freshPath()
    const store = storeOf(file)
    await store.create(secret('empty-val', { a: '' }), signal)
    const typed = { aws_access_key_id: 'AKIAEXAMPLE', aws_secret_access_key: 'secret' }
    await store.create(secret('aws-creds', typed, 'aws'), signal)
    expect(readFileSync(file, 'utf8')).toBe(
      [
        'aws-creds:',
        '  aws_access_key_id: QUtJQUVYQU1QTEU=',
        '  aws_secret_access_key: c2VjcmV0',
        '  zenml_schema_name: aws',
        'empty-val:',
        "  a: ''",
        '  zenml_schema_name: arbitrary',
        '',
      ].join('\n'),
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each(readdirSync(golden).filter(name => name.endsWith('.yaml')))(
    'keeps %s, which ZenML wrote, whole',
    async name => {
      const file = freshPath()
      copyFileSync(join(golden, name), file)
      const before = readFileSync(file, 'utf8')
      const store = storeOf(file)
      await store.create(secret('Just.for a test', { key: 'value' }), signal)
      expect((await store.read('Just.for a test', signal))?.values).toEqual(new Map([['key', 'value']]))
      await store.delete('Just.for a test', signal)
      expect(readFileSync(file, 'utf8')).toBe(before)
    },
  )

  it('keeps comments, the order and entries that nobody knows', async () => {
    const file = freshPath()
    const lines = [
      '# ours',
      'zed: {note: keep}   # odd',
      '',
      '# about a',
      'a:',
      '  k: MQ== # one',
      '  zenml_schema_name: arbitrary',
    ]
    writeFileSync(file, `${lines.join('\r\n')}\r\n`)
    await storeOf(file).update('a', { set: new Map([['k', '2']]), remove: new Set() }, signal)
    expect(readFileSync(file, 'utf8')).toBe(`${lines.join('\r\n').replace('MQ==', 'Mg==')}\r\n`)
  })

  it('renames a secret in one step, with its schema', async () => {
    const file = freshPath()
    const store = storeOf(file)
    await store.create(secret('old', { token: 't' }, 'gcp'), signal)
    await store.create(secret('taken', { a: '1' }), signal)
    await expect(store.rename?.('old', 'taken', signal)).rejects.toMatchObject({ trouble: 'exists' })
    await expect(store.rename?.('nowhere', 'new', signal)).rejects.toMatchObject({ trouble: 'absent' })
    await store.rename?.('old', 'new', signal)
    expect(await store.read('old', signal)).toBeUndefined()
    expect(await store.read('new', signal)).toEqual({
      name: 'new',
      schema: 'gcp',
      values: new Map([['token', 't']]),
      isPrivate: false,
    })
  })

  it('stays a link where it is one, and what it leads to is replaced', async () => {
    const file = freshPath()
    writeFileSync(file, '')
    const link = freshPath()
    symlinkSync(file, link)
    await storeOf(link).create(secret('a', { k: '1' }), signal)
    expect(readFileSync(file, 'utf8')).toContain('k: MQ==')
  })

  it.each([
    ['anchors that two secrets share', 'a: &x\n  k: MQ==\n  zenml_schema_name: arbitrary\nb: *x\n', 'unsupported'],
    ['broken YAML', 'a: "', 'failed'],
    ['a list', '- a\n', 'failed'],
  ])('is left as it is where it holds %s', async (_, content, trouble) => {
    const file = freshPath()
    writeFileSync(file, content)
    const change = storeOf(file).update('b', { set: new Map([['k', '2']]), remove: new Set() }, signal)
    await expect(change).rejects.toMatchObject({ name: 'SecretStoreError', trouble })
    expect(readFileSync(file, 'utf8')).toBe(content)
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('is left as it is, with a sentence, where its folder cannot be written or is none', async () => {
    const notFolder = freshPath()
    writeFileSync(notFolder, 'x')
    await expect(
      storeOf(join(notFolder, 'secrets.yaml')).create(secret('a', { k: '1' }), signal),
    ).rejects.toMatchObject({
      trouble: 'failed',
      message: expect.stringMatching(/could not be written.*no folder\. Correct the path\.$/),
    })
    if (process.getuid?.() === 0) return
    const folder = temporaryDirectory()
    chmodSync(folder.path, 0o500)
    await expect(
      storeOf(join(folder.path, 'secrets.yaml')).create(secret('a', { k: '1' }), signal),
    ).rejects.toMatchObject({
      trouble: 'denied',
    })
    folder.remove()
  })

  it('loses nothing when two processes write at once', async () => {
    const file = freshPath()
    const writers = ['a', 'b'].map(prefix => start(file, prefix, 25))
    expect(await Promise.all(writers.map(async writer => (await once(writer, 'exit'))[0]))).toEqual([0, 0])
    expect(await storeOf(file).list(signal)).toHaveLength(50)
  }, 60_000)
})

function start(file: string, prefix: string, howMany?: number) {
  const script = join(import.meta.dirname, 'local-writer.ts')
  const args = [script, file, prefix, ...(howMany === undefined ? [] : [String(howMany)])]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}
