import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import { createLocalBackend } from '../../src/backends/local/local.ts'
import type { LocalOptions } from '../../src/backends/local/options.ts'
import { describeBackendContract, type Secrets } from './contract.ts'
import { temporaryDirectory } from './temporary.ts'

const id = '0c3ad6b1-5d3b-4d0a-9f0e-1a2b3c4d5e6f'
const golden = join(import.meta.dirname, '../fixtures/local-secrets')

function backendOf(options: Partial<LocalOptions>) {
  return createLocalBackend({ secretsFile: undefined, localStores: '/nowhere', componentId: undefined, ...options })
}

describeBackendContract('local', () => {
  const directory = temporaryDirectory()
  let count = 0
  const write = (content: string | Buffer) => {
    const secretsFile = join(directory.path, `secrets-${count++}.yaml`)
    writeFileSync(secretsFile, content)
    return secretsFile
  }
  return {
    create: secrets => backendOf({ secretsFile: write(encoded(secrets)) }),
    broken: {
      'an absent file': () => backendOf({ secretsFile: join(directory.path, 'absent.yaml') }),
      'a directory': () => backendOf({ secretsFile: directory.path }),
      'a corrupt file': secrets => backendOf({ secretsFile: write(`${encoded(secrets)}\nbroken: "`) }),
      'plain values and a broken line': ({ other }) =>
        backendOf({
          secretsFile: write(`db-creds:\n  token: ${other?.token}\n : : ${other?.token}\n\t- ${other?.token}`),
        }),
      'a list': () => backendOf({ secretsFile: write('- a\n- b\n') }),
      'a text': ({ other }) => backendOf({ secretsFile: write(`${other?.token}`) }),
      'a list as name': () => backendOf({ secretsFile: write('? [a]\n: b\n') }),
      'a merge of names': () => backendOf({ secretsFile: write('x: &x {}\n<<: *x\n') }),
      'two documents': secrets => backendOf({ secretsFile: write(`${encoded(secrets)}\n---\n${encoded(secrets)}`) }),
      'a file of 2 MiB': secrets => backendOf({ secretsFile: write(`${encoded(secrets)}\n#${'x'.repeat(2 ** 21)}`) }),
      'a file in UTF-16': secrets => backendOf({ secretsFile: write(Buffer.from(encoded(secrets), 'utf16le')) }),
      'no file and no id': () => backendOf({ localStores: directory.path }),
      'an id without a file': () => backendOf({ localStores: directory.path, componentId: id }),
      'an id that is none': () => backendOf({ localStores: directory.path, componentId: '../..' }),
    },
    legalNames: [
      'under_score',
      'with.dot',
      'a/b',
      'sp ace',
      '',
      '..',
      'ключ',
      '123',
      'yes',
      'null',
      '~',
      '<<',
      '__proto__',
    ],
    cleanup: directory.remove,
  }
})

describe('files that ZenML wrote', () => {
  it.each(['0.13.2', '0.22.0', '0.30.0'])('%s: every secret and key is found', async version => {
    expect(await answersOf(join(golden, `${version}.yaml`), ['aws-creds', 'mlf-creds', 'slack'])).toEqual([
      ['aws-creds', found('aws_access_key_id', 'aws_secret_access_key')],
      ['mlf-creds', found('note', 'password', 'username')],
      ['slack', { kind: 'missing' }],
    ])
  })

  it('names and values that need care are found', async () => {
    const names = ['', '123', 'empty-val', 'kw', 'multi', 'my.dotted', 'sp ace/né', 'yes']
    const file = join(golden, 'edge-0.22.0.yaml')
    expect(await answersOf(file, names)).toEqual([
      ['', found('a')],
      ['123', found('a')],
      ['empty-val', found('a')],
      ['kw', found('class', 'ключ')],
      ['multi', found('pem')],
      ['my.dotted', found('a')],
      ['sp ace/né', found('a')],
      ['yes', found('a')],
    ])
    expect((await backendOf({ secretsFile: file }).names?.(never()))?.toSorted()).toEqual(names.toSorted())
  })

  it('no plain value is told', async () => {
    const values = ['AKIAEXAMPLE', 'sekret', 'pw1', 'QUtJQUVYQU1QTEU', 'c2VrcmV0', 'cHcx', 'line1', 'значение', 'dg==']
    for (const file of readdirSync(golden)) {
      const backend = backendOf({ secretsFile: join(golden, file) })
      const names = (await backend.names?.(never())) ?? []
      const answers = [...(await backend.lookUp(names, 'keys', never()))].map(([name, answer]) => [
        name,
        answer.kind === 'found' && answer.keys !== 'not-read' ? [...answer.keys] : answer,
      ])
      expect(answers.length).toBeGreaterThan(0)
      for (const value of values) expect(JSON.stringify([answers, backend.description])).not.toContain(value)
    }
  })
})

describe('which file is read', () => {
  it('is the one given, else the one ZenML keeps for the component', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory.path, id))
    writeFileSync(join(directory.path, id, 'secrets.yaml'), encoded({ kept: { a: '1' } }))
    writeFileSync(join(directory.path, 'given.yaml'), encoded({ given: { a: '1' } }))
    const options = { localStores: directory.path, componentId: id.toUpperCase() }
    const kept = backendOf(options)
    const given = backendOf({ ...options, secretsFile: join(directory.path, 'given.yaml') })
    expect(await kept.names?.(never())).toEqual(['kept'])
    expect(kept.description).toBe(`local secrets manager ${id}`)
    expect(await given.names?.(never())).toEqual(['given'])
    expect(given.description).toBe('local secrets file given.yaml')
    directory.remove()
  })

  it.each([
    undefined,
    '',
    '../etc',
    `${id}/../x`,
    'x/y',
    `${id}\n`,
    'urn:uuid:x',
    id.replaceAll('-', ''),
    `{${id}}`,
    'constructor',
  ])('is not guessed from the id %j', async componentId => {
    const directory = temporaryDirectory()
    const localStores = join(directory.path, 'stores')
    const folder = join(localStores, componentId?.trim() ?? '')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'secrets.yaml'), encoded({ a: { k: '1' } }))
    const answer = (await backendOf({ localStores, componentId }).lookUp(['a'], 'keys', never())).get('a')
    expect(answer).toEqual({ kind: 'unverified', reason: expect.stringContaining('component-id') })
    expect(answer?.kind === 'unverified' && answer.reason).toContain('secrets-file')
    expect(answer?.kind === 'unverified' && answer.reason).not.toContain('\n')
    directory.remove()
  })

  it('is read once and never written, created or followed by a change of its own', async () => {
    const directory = temporaryDirectory()
    const secretsFile = join(directory.path, 'secrets.yaml')
    const absent = backendOf({ secretsFile })
    expect((await absent.lookUp(['a'], 'keys', never())).get('a')).toEqual({
      kind: 'unverified',
      reason: `The local secrets file "${secretsFile}" could not be read. There is no such file, or it is gone by now. Correct the file, or the path given as secrets-file.`,
    })
    expect(readdirSync(directory.path)).toEqual([])
    writeFileSync(secretsFile, encoded({ a: { k: '1' } }))
    const bytes = readFileSync(secretsFile)
    const present = backendOf({ secretsFile })
    expect((await present.lookUp(['a'], 'keys', never())).get('a')).toEqual(found('k'))
    expect(readFileSync(secretsFile)).toEqual(bytes)
    truncateSync(secretsFile)
    expect((await present.lookUp(['a'], 'keys', never())).get('a')).toEqual(found('k'))
    directory.remove()
  })

  it('may be reached through a link, and is shown safely where it cannot be read', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory.path, 'real.yaml'), encoded({ a: { k: '1' } }))
    symlinkSync('real.yaml', join(directory.path, 'link.yaml'))
    expect(await backendOf({ secretsFile: join(directory.path, 'link.yaml') }).names?.(never())).toEqual(['a'])
    const hostile = backendOf({ secretsFile: '/nowhere/a\n::error::b' })
    const answer = (await hostile.lookUp(['a'], 'keys', never())).get('a')
    expect(answer?.kind === 'unverified' && answer.reason).toContain('"/nowhere/a\\n:\\x3aerror:\\x3ab"')
    directory.remove()
  })

  it('cannot be read without permission', async () => {
    const directory = temporaryDirectory()
    chmodSync(directory.path, 0o755)
    const secretsFile = join(directory.path, 'secrets.yaml')
    writeFileSync(secretsFile, encoded({ a: { k: '1' } }), { mode: 0 })
    const superuser = process.geteuid?.() === 0
    if (superuser) process.seteuid?.(65534)
    const answers = backendOf({ secretsFile }).lookUp(['a'], 'keys', never())
    if (superuser) process.seteuid?.(0)
    expect((await answers).get('a')).toEqual({ kind: 'unverified', reason: expect.stringContaining('permission') })
    directory.remove()
  })
})

describe('what ZenML makes of an entry', () => {
  const marker = 'zenml_schema_name: arbitrary'
  const cannot = (reason: string): Answer => ({
    kind: 'unusable',
    reason: `ZenML cannot read the secret "s": ${reason}. Update or register it again with ZenML.`,
  })
  const noMarker = cannot('it lacks the entry "zenml_schema_name" that ZenML puts into every secret')
  const unknown = cannot('its entry "zenml_schema_name" names no schema that ZenML knows')
  const notBase64 = cannot('it holds a value that is not base64 of UTF-8 text')
  const notText = cannot('it holds a value that is not text')
  const notMapping = cannot('it is not a mapping of keys to values')
  const extraKey = cannot('it holds a key that its schema does not allow')
  const lacksKey = cannot('it lacks a key that its schema requires')
  const odd = cannot('it holds YAML that ZenML does not write')

  it.each<readonly [string, string, Answer]>([
    ['nothing at all', '', { kind: 'missing' }],
    ['only comments', '# s: {}\n', { kind: 'missing' }],
    ['null', 'null\n', { kind: 'missing' }],
    ['an empty mapping', '{}\n', { kind: 'missing' }],
    ['a byte-order mark', `\uFEFFs: {a: MQ==, ${marker}}`, found('a')],
    ['CRLF', `s:\r\n  a: MQ==\r\n  ${marker}\r\n`, found('a')],
    ['no keys', `s: {${marker}}`, found()],
    ['an empty value', `s: {a: '', ${marker}}`, found('a')],
    ['a key called name', `s: {name: MQ==, a: MQ==, ${marker}}`, found('name', 'a')],
    ['a duplicate name: the last counts', `s: {a: MQ==, ${marker}}\ns: {b: MQ==, ${marker}}`, found('b')],
    ['a duplicate key: the last counts', `s: {a: 5, a: MQ==, ${marker}}`, found('a')],
    ['a name that YAML reads as a number', `1: {a: MQ==, ${marker}}`, { kind: 'missing' }],
    ['a key that YAML reads as a boolean', `s: {yes: MQ==, ${marker}}`, found()],
    ['an alias', `x: &x {a: MQ==, ${marker}}\ns: *x`, found('a')],
    ['no marker', 's: {a: MQ==}', noMarker],
    ['a marker that is no text', 's: {a: MQ==, zenml_schema_name: 5}', noMarker],
    ['a schema nobody knows', 's: {a: MQ==, zenml_schema_name: nope}', unknown],
    ['a schema called constructor', 's: {a: MQ==, zenml_schema_name: constructor}', unknown],
    ['plain text for a value', `s: {a: pw1, ${marker}}`, notBase64],
    ['a value of other characters than ASCII', `s: {a: é, ${marker}}`, notBase64],
    ['a value that is not UTF-8', `s: {a: gA==, ${marker}}`, notBase64],
    ['a number', `s: {a: 1234, ${marker}}`, notText],
    ['null for a value', `s: {a: null, ${marker}}`, notText],
    ['a mapping for a value', `s: {a: {b: MQ==}, ${marker}}`, notText],
    ['an unknown alias for a value', `s: {a: MQ==, ${marker}, b: [MQ==]}`, notText],
    ['null for an entry', 's:', notMapping],
    ['a text for an entry', 's: pw1', notMapping],
    ['a list for an entry', 's: [a]', notMapping],
    ['a merge', `x: &x {a: MQ==, ${marker}}\ns: {<<: *x}`, odd],
    ['a list for a key', `s: {[a]: MQ==, ${marker}}`, odd],
    ['an optional key', 's: {token: MQ==, zenml_schema_name: gcp}', found('token')],
    ['a required key that lacks', 's: {aws_access_key_id: MQ==, zenml_schema_name: aws}', lacksKey],
    ['a key the schema lacks', 's: {token: MQ==, x: MQ==, zenml_schema_name: gcp}', extraKey],
    [
      'defaults of the schema',
      's: {zenml_schema_name: seldon_s3}',
      found('rclone_config_s3_type', 'rclone_config_s3_provider', 'rclone_config_s3_env_auth'),
    ],
    [
      'defaults beside a stored key',
      's: {user: MQ==, zenml_schema_name: mysql}',
      found('user', 'ssl_verify_server_cert'),
    ],
  ])('%s', async (_, content, answer) => {
    const directory = temporaryDirectory()
    const secretsFile = join(directory.path, 'secrets.yaml')
    writeFileSync(secretsFile, content)
    expect(await answersOf(secretsFile, ['s'])).toEqual([['s', answer]])
    const exists = answer.kind === 'missing' || answer === notMapping ? answer : { kind: 'found', keys: 'not-read' }
    expect(await answersOf(secretsFile, ['s'], 'names')).toEqual([['s', exists]])
    directory.remove()
  })
})

async function answersOf(secretsFile: string, names: readonly string[], depth: Depth = 'keys') {
  return [...(await backendOf({ secretsFile }).lookUp(names, depth, never()))]
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

function never(): AbortSignal {
  return new AbortController().signal
}

/** The file as ZenML would write it; JSON is YAML. */
function encoded(secrets: Secrets): string {
  const entries = Object.entries(secrets).map(([name, values]) => {
    const stored = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')])
    return [name, Object.fromEntries([...stored, ['zenml_schema_name', 'arbitrary']])]
  })
  return JSON.stringify(Object.fromEntries(entries), null, 2)
}
