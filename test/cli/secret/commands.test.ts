import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backendNames } from '../../../src/backends/backend.ts'
import { run } from '../run.ts'
import { localStore } from './local.ts'

const where = 'in local secrets file s.yaml'

describe('secret register', () => {
  it('previews the keys with masks, then says what was written and where', async () => {
    await using store = await localStore()
    expect(await store.secret('register', 'db', '--user=bob', '--password=hunter2')).toEqual({
      code: 0,
      stdout: '',
      stderr: `The following secret will be registered.\nSECRET_KEY  SECRET_VALUE\nuser        ***\npassword    ***\nSecret "db" with 2 keys was registered ${where}.\n`,
    })
    expect(readFileSync(join(store.path, 's.yaml'), 'utf8')).toBe(
      'db:\n  password: aHVudGVyMg==\n  user: Ym9i\n  zenml_schema_name: arbitrary\n',
    )
  })

  it.each([
    ['create is another name for it', ['create', 'db', '--a=1'], { a: '1' }],
    ['the name may come last', ['register', '--a=1', 'db'], { a: '1' }],
    ['a value is split at the first "="', ['register', 'db', '--a=b=c', '--d='], { a: 'b=c', d: '' }],
    ['the last of a repeated key wins', ['register', 'db', '--a=1', '--a=2'], { a: '2' }],
    [
      'keys are Python identifiers in any script',
      ['register', 'db', '--class=v', '--ключ=знач', '--_1=x'],
      { class: 'v', ключ: 'знач', _1: 'x' },
    ],
    [
      'an option of ours is ours, and a key spelt like it is given with --values',
      ['register', 'db', '--values', '{"schema": "x"}', '--b=1'],
      { schema: 'x', b: '1' },
    ],
    ['a flag of ours with a value is a key', ['register', 'db', '--private=x'], { private: 'x' }],
    ['--values is YAML', ['register', 'db', '-v', 'a: "1"\nb: two'], { a: '1', b: 'two' }],
    ['--values is a file', ['register', 'db', '--values', '@v.json'], { a: '5' }],
    ['pairs win over --values', ['register', 'db', '--values', '@v.json', '--a=6'], { a: '6' }],
    ['@@ is one @', ['register', 'db', '--a=@@x', '--b=@@@x'], { a: '@x', b: '@@x' }],
    ['a file keeps its final newline', ['register', 'db', '--a=@f.txt', '--b=@~/f.txt'], { a: 'text\n', b: 'text\n' }],
    ['10,240 bytes are not too large', ['register', 'db', '--a=@limit.txt'], { a: 'x'.repeat(10_240) }],
    ['an empty file is an empty value', ['register', 'db', '--a=@empty'], { a: '' }],
  ])('%s', async (_, argv, values) => {
    await using store = await localStore({
      'v.json': '{"a": "5"}',
      'f.txt': 'text\n',
      'limit.txt': 'x'.repeat(10_240),
      empty: '',
    })
    expect(await store.secret(...argv)).toMatchObject({ code: 0 })
    const stored: Record<string, string> = {}
    for (const key of Object.keys(values)) stored[key] = (await store.secret('get', 'db', '--key', key)).stdout
    expect(stored).toEqual(values)
  })

  it('reads values from standard input', async () => {
    await using store = await localStore()
    const openStdin = async function* () {
      yield Buffer.from('A=one\nB=a: b\n')
    }
    expect(await store.run(['register', 'db', '--values', '-'], { openStdin })).toMatchObject({ code: 0 })
    expect((await store.secret('get', 'db', '--key', 'B')).stdout).toBe('a: b')
  })

  const identifier = 'Give keys and values as --custom_argument="value", with a Python identifier for the key.'
  const file = (name: string, cwd: string) => `Could not load argument "a": the file "${join(cwd, name)}"`

  it.each<[readonly string[], number, string | ((cwd: string) => string)]>([
    [['register'], 2, 'The NAME of the secret is missing. Give it after the command.'],
    [
      ['register', 'a', 'canary', '--b=1'],
      2,
      'There are 2 names, where the command takes one. Write values as --key=value, in one argument.',
    ],
    [
      ['register', 'a'],
      2,
      'Secret fields must be passed as arguments when not using interactive mode: give --key=value or --values, or ask for questions with -i.',
    ],
    [
      ['register', 'a', '-i', '--b=1'],
      2,
      'Cannot pass secret fields as arguments when using interactive mode. Leave out -i, or the fields.',
    ],
    [
      ['register', 'a', '-i', '-v', 'b: c'],
      2,
      'Cannot pass secret fields as arguments when using interactive mode. Leave out -i, or the fields.',
    ],
    [
      ['register', 'a', '--name=canary'],
      2,
      `Invalid argument: '--name=…'. You can't use 'name' as the key for one of your secrets: choose another. ${identifier}`,
    ],
    [['register', 'name', '--a=1'], 2, "Secret names cannot be named 'name': choose another."],
    [
      ['register', 'a', '--zenml_schema_name=canary'],
      2,
      `Invalid argument: '--zenml_schema_name=…'. You can't use 'zenml_schema_name' as a key: ZenML keeps the schema there and would lose the value. Choose another. ${identifier}`,
    ],
    ...['a-b', 'a.b', '1a', ''].map((key): [readonly string[], number, string] => [
      ['register', 'a', `--${key}=canary`],
      2,
      `Invalid argument: '--${key}=…'. The key '${key}' is no Python identifier: use letters, digits and underscores, and no digit first. ${identifier}`,
    ]),
    [['register', 'a', '--a', '1'], 2, `Invalid argument: '--a'. It is no --key=value. ${identifier}`],
    [['register', 'a', '-k=canary'], 2, `Invalid argument: '-k…'. It is no --key=value. ${identifier}`],
    [
      ['register', 'a', '--vault-token=canary'],
      2,
      `Invalid argument: '--vault-token=…'. A credential is given in the environment alone, as VAULT_TOKEN. ${identifier}`,
    ],
    [
      ['register', 'a', '--a=1', '-s', 'nonesuch'],
      2,
      'There is no secret schema "nonesuch". Use one of arbitrary, aws, azure, gcp, basic_auth, mysql, whylabs, kserve_s3, kserve_gs, kserve_az, seldon_s3, seldon_gs, seldon_az.',
    ],
    [['register', 'a', '--token=1', '-s', 'gcp', '-s', 'aws'], 2, '--schema is given 2 times. Give it once.'],
    [
      ['register', 'a', '--tokem=canary', '-s', 'gcp'],
      1,
      'Secret values do not conform with the secret schema "gcp". It lacks token. It has no key tokem. Its keys are token.',
    ],
    [
      ['register', 'a', '--a=1', '--private'],
      2,
      'Only a ZenML server keeps private secrets, not local secrets file s.yaml. Leave out --private.',
    ],
    [
      ['register', 'a', '-v', '{"n": 5}'],
      2,
      '--values cannot be used. The value of the key "n" is not text. Put it in quotes.',
    ],
    [
      ['register', 'a', '-v', '{"n": {"canary": "x"}}'],
      2,
      '--values takes the keys of one secret, and no value may be a mapping. Give several secrets to "zenml-secrets secret import".',
    ],
    [
      ['register', 'a', '-v', '{"a-b": "canary"}'],
      2,
      "--values cannot be used. The key 'a-b' is no Python identifier: use letters, digits and underscores, and no digit first.",
    ],
    [
      ['register', 'a', '-v', 'canary'],
      2,
      '--values cannot be used. It holds no mapping of keys to values. Give YAML or JSON, or lines of KEY=value.',
    ],
    [
      ['register', 'a', '--a=@none'],
      2,
      cwd =>
        `${file('none', cwd)} does not exist or is not readable. Correct the path, or write @@ for a value that begins with @.`,
    ],
    [
      ['register', 'a', '--a=@'],
      2,
      'Could not load argument "a": no file is named after the "@". Write @@ for a value that begins with @.',
    ],
    [
      ['register', 'a', '--a=@.'],
      2,
      cwd => `Could not load argument "a": the file "${cwd}" is a directory. Give the path of a file.`,
    ],
    [
      ['register', 'a', '--a=@large.txt'],
      2,
      cwd => `${file('large.txt', cwd)} is too large (max size is 10240 bytes). Give a smaller one.`,
    ],
    [
      ['register', 'a', '--a=@binary'],
      2,
      cwd =>
        `${file('binary', cwd)} is binary, where a secret holds text. Encode it, as base64 for one, and give that.`,
    ],
    [
      ['register', 'taken', '--a=canary'],
      1,
      'A secret with the name "taken" already exists. Choose another name, or change it with "zenml-secrets secret update".',
    ],
    [
      ['update', 'a', '--a=canary'],
      1,
      `There is no secret with the name "a" ${where}. Run "zenml-secrets secret list" to see what there is.`,
    ],
    [['update', 'taken'], 2, 'There is nothing to change. Give --key=value, --values, --remove-keys or -i.'],
    [['update', 'taken', '-r', 'nokey'], 1, 'The secret "taken" has no key "nokey" to remove. Nothing was changed.'],
    [
      ['update', 'taken', '-r', 'old', '--old=canary'],
      2,
      'The key "old" is both set and removed. Do one or the other.',
    ],
    [
      ['get', 'a'],
      1,
      `There is no secret with the name "a" ${where}. Run "zenml-secrets secret list" to see what there is.`,
    ],
    [['get', 'taken', '--key', 'nokey'], 1, 'The secret "taken" has no key "nokey". It has: old.'],
    [['get', 'taken', '--key', 'old', '--reveal'], 2, '--key prints the value already. Leave out --reveal.'],
    [['get', 'taken', '--revael=canary'], 2, "Unknown option '--revael=…'. Run with --help to see what there is."],
    [
      ['delete', 'a', '-y'],
      1,
      'Secret with name "a" no longer present. Run "zenml-secrets secret list" to see what there is.',
    ],
    [
      ['delete', 'a'],
      1,
      'Secret with name "a" no longer present. Run "zenml-secrets secret list" to see what there is.',
    ],
    [['rename', 'taken'], 2, 'The new name is missing. Give it with -n, or as a second argument.'],
    [['rename', 'taken', 'taken'], 2, 'The new name is the old one. Give another.'],
    [['rename', 'taken', 'name'], 2, "Secret names cannot be named 'name': choose another."],
    [
      ['rename', 'taken', '-n', 'other'],
      1,
      'A secret with the name "other" already exists. Choose another name. Nothing was changed.',
    ],
    [['list', '--format', 'tsv'], 2, '--format does not take "tsv". Use one of table, json, yaml, csv, names.'],
    [
      ['list', 'x'],
      2,
      'There are 1 names, where the command takes 0 at most. Write values as --key=value, in one argument.',
    ],
    [
      ['list', '--backend', 'none'],
      2,
      `--backend does not take "none". Use auto, ${backendNames.slice(0, -1).join(', ')} or ${backendNames.at(-1)}.`,
    ],
    [
      ['export', 'taken', '--file', 'binary'],
      2,
      cwd =>
        `The file "${join(cwd, 'binary')}" exists already. Give --force to replace it, or another file with --file.`,
    ],
    [
      ['import', 'none.yaml'],
      2,
      cwd =>
        `The secrets could not be read: the file "${join(cwd, 'none.yaml')}" does not exist or is not readable. Correct the path, or write @@ for a value that begins with @.`,
    ],
  ])('refuses %j before anything is shown or written', async (argv, code, message) => {
    await using store = await localStore({ 'large.txt': 'x'.repeat(10_241), binary: 'a\0b' })
    await store.secret('register', 'taken', '--old=1')
    await store.secret('register', 'other', '--old=1')
    const before = readFileSync(join(store.path, 's.yaml'), 'utf8')
    const sentence = typeof message === 'string' ? message : message(store.path)
    expect(await store.secret(...argv)).toEqual({ code, stdout: '', stderr: `error: ${sentence}\n` })
    expect(readFileSync(join(store.path, 's.yaml'), 'utf8')).toBe(before)
  })

  it.each(['', 'my.dotted', 'sp ace'])('warns that nothing can ever refer to a secret called %j', async name => {
    await using store = await localStore()
    const { code, stderr } = await store.secret('register', name, '--a=1')
    expect(code).toBe(0)
    expect(stderr).toContain(`warning: No reference can ever name the secret "${name}": `)
  })

  it('keeps the schema, which an update must fit', async () => {
    await using store = await localStore()
    await store.secret('register', 'gcs', '-s', 'gcp', '--token=1')
    expect(await store.secret('update', 'gcs', '--foreign=1')).toMatchObject({ code: 1 })
    expect(await store.secret('update', 'gcs', '-r', 'token')).toMatchObject({ code: 1 })
    expect(await store.secret('update', 'gcs', '--token=2')).toMatchObject({ code: 0 })
    expect(readFileSync(join(store.path, 's.yaml'), 'utf8')).toBe('gcs:\n  token: Mg==\n  zenml_schema_name: gcp\n')
  })
})

describe('secret get', () => {
  it('masks values, reveals them when asked, and prints one raw', async () => {
    await using store = await localStore()
    await store.secret('register', 'db', '--user=bob', '--pem=@@one\n\u001b[2J')
    expect((await store.secret('get', 'db')).stdout).toBe(
      'SECRET_KEY  SECRET_VALUE\npem         ***\nuser        ***\n',
    )
    const revealed = await store.secret('get', 'db', '--reveal')
    expect(revealed.stdout).toBe('SECRET_KEY  SECRET_VALUE\npem         @one\\n\\e[2J\nuser        bob\n')
    expect(revealed.stderr).toMatch(/^Line ends and other characters/)
    expect(await store.secret('get', 'db', '--key', 'pem')).toEqual({ code: 0, stdout: '@one\n\u001b[2J', stderr: '' })
    const shown = await store.run(['get', 'db', '--key', 'pem'], { terminal: true })
    expect(shown.stdout).toBe('@one\\n\\e[2J\n')
  })

  it.each(['get', 'export'])('refuses to reveal in CI what %s prints, unless it is confirmed', async command => {
    await using store = await localStore()
    await store.secret('register', 'db', '--user=bob')
    const env = { CI: 'true' }
    expect(await store.run([command, 'db', '--reveal'], { env })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: This would print values of secrets into the log of a CI job. Add --yes if that is what you want.\n',
    })
    expect((await store.run([command, 'db', '--reveal', '--yes'], { env })).stdout).toContain('bob')
    expect((await store.run([command, 'db', '--reveal'], { env: { CI: 'false' } })).stdout).toContain('bob')
  })
})

describe('secret list', () => {
  it('prints secrets by name in every format', async () => {
    await using store = await localStore()
    await store.secret('register', 'db-b', '--a=1', '--b=2')
    await store.secret('register', 'db-a', '--a=1')
    await store.secret('register', '=x', '--a=1')
    const print = async (...argv: string[]) => (await store.secret('list', ...argv)).stdout
    expect(await print()).toBe(
      'NAME  KEYS  SCOPE  AGE\n=x    1     none   -\ndb-a  1     none   -\ndb-b  2     none   -\n',
    )
    expect(await print('--format', 'names', '--name', 'db-*')).toBe('db-a\ndb-b\n')
    expect(await print('--format', 'names', '--name', '??-b')).toBe('db-b\n')
    expect(JSON.parse(await print('--format', 'json', '--name', 'db-a'))).toEqual([
      { name: 'db-a', keys: 1, schema: null, scope: 'none', created: null, updated: null },
    ])
    expect(await print('--format', 'yaml', '--name', 'db-a')).toBe(
      '- name: db-a\n  keys: 1\n  schema: null\n  scope: none\n  created: null\n  updated: null\n',
    )
    expect(await print('--format', 'csv', '--name', '=*')).toBe(
      '"name","keys","schema","scope","created","updated"\r\n"\'=x","1","","none","",""\r\n',
    )
  })

  it.each([
    ['table', ''],
    ['json', '[]\n'],
    ['yaml', '[]\n'],
    ['csv', '"name","keys","schema","scope","created","updated"\r\n'],
    ['names', ''],
  ])('says that there are none, in format %s, and exits with 0', async (format, stdout) => {
    await using store = await localStore()
    expect(await store.secret('list', '--format', format)).toEqual({
      code: 0,
      stdout,
      stderr: `There are no secrets ${where}.\n`,
    })
  })
})

describe('secret update, rename and delete', () => {
  it('merge, remove, rename and delete', async () => {
    await using store = await localStore()
    await store.secret('register', 'db', '--user=bob', '--old=1', '--keep=2')
    const updated = await store.secret('update', 'db', '--user=al', '-r', 'old')
    expect(updated).toEqual({
      code: 0,
      stdout: '',
      stderr: `The following secret will be updated.\nSECRET_KEY  SECRET_VALUE\nuser        ***\nKeys that will be removed: old\nSecret "db" has been updated ${where}.\n`,
    })
    expect((await store.secret('rename', 'db', '-n', 'data')).code).toBe(0)
    expect((await store.secret('rename', 'data', 'base')).code).toBe(0)
    expect((await store.secret('get', 'base', '--reveal')).stdout).toBe(
      'SECRET_KEY  SECRET_VALUE\nkeep        2\nuser        al\n',
    )
    expect(await store.secret('delete', 'base', '-y')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Deleted secret "base" from local secrets file s.yaml.\n',
    })
    expect((await store.secret('list', '--format', 'names')).stdout).toBe('')
  })
})

describe('secret export and import', () => {
  it('carry a secret over exactly, in a file for its owner alone', async () => {
    await using store = await localStore()
    const texts = {
      plain: 'x',
      yes: 'yes',
      lines: 'one\ntwo\n',
      quote: '"\'\\',
      number: '05',
      empty: '',
      uni: 'ключ \u2028',
    }
    const pairs = Object.entries(texts).map(([key, value]) => `--${key}=${value}`)
    await store.secret('register', 'db', ...pairs)
    expect(await store.secret('export', 'db')).toMatchObject({ code: 0, stdout: '' })
    expect(statSync(join(store.path, 'db.yaml')).mode & 0o777).toBe(0o600)
    await store.secret('rename', 'db', 'before')
    expect(await store.secret('import', 'db.yaml')).toMatchObject({ code: 0 })
    const values: Record<string, string> = {}
    for (const key of Object.keys(texts)) values[key] = (await store.secret('get', 'db', '--key', key)).stdout
    expect(values).toEqual(texts)
  })

  it('replaces a file only when told so, and prints only when told so', async () => {
    await using store = await localStore({ 'x.yaml': 'mine' })
    await store.secret('register', 'db', '--a=1')
    expect(await store.secret('export', 'db', '-f', 'x.yaml')).toMatchObject({ code: 2 })
    expect(readFileSync(join(store.path, 'x.yaml'), 'utf8')).toBe('mine')
    expect(await store.secret('export', 'db', '-f', 'x.yaml', '--force')).toMatchObject({ code: 0 })
    expect(readFileSync(join(store.path, 'x.yaml'), 'utf8')).toBe("a: '1'\n")
    expect(await store.secret('export', 'db', '--reveal')).toEqual({ code: 0, stdout: "a: '1'\n", stderr: '' })
    expect(await store.secret('export', 'db', '-f', 'no/such/x.yaml')).toMatchObject({ code: 2 })
  })

  it.each([
    ['several.yaml', 'one: {a: "1"}\ntwo:\n  b: x\n', ['one', 'two']],
    ['several.json', '{"one": {"a": "1"}, "two": {"b": "x"}}', ['one', 'two']],
    ['several.env', '# all\none.a=1\ntwo.b="x"\n', ['one', 'two']],
    ['single.env', 'export A=1\nB=a: b\n', ['single']],
    ['.env', 'A=1\n', ['.env']],
    ['user-keys.yaml', 'user-name: bob\n', ['user-keys']],
  ])('imports %s', async (name, content, names) => {
    await using store = await localStore({ [name]: content })
    expect(await store.secret('import', name)).toMatchObject({ code: 0 })
    expect((await store.secret('list', '--format', 'names')).stdout).toBe(names.map(text => `${text}\n`).join(''))
  })

  it.each([
    [
      'a: "1"\nb: {c: "1"}\n',
      2,
      'It mixes values with secrets. Give the keys of one secret, or several secrets by name.',
    ],
    ['b: {c: 5}\n', 2, 'In the secret "b": The value of the key "c" is not text. Put it in quotes.'],
    [
      'b: {name: "5"}\n',
      2,
      `In the secret "b": You can't use 'name' as the key for one of your secrets: choose another.`,
    ],
    ['b: {}\n', 2, 'The secret "b" has no keys. Give it some, or take it out.'],
    ['name: {a: "1"}\n', 2, "Secret names cannot be named 'name': choose another."],
    ['a: [1\n', 2, 'It is not valid YAML: '],
    ['A=1\nb.c=2\n', 2, 'It mixes KEY=value with name.KEY=value. Give one or the other.'],
    [
      'fresh: {a: "1"}\ntaken: {a: "1"}\n',
      1,
      'A secret with the name "taken" already exists. Nothing was written. Give --skip-existing to leave out what is there.',
    ],
  ])('refuses to import %j and writes none of it', async (content, code, message) => {
    await using store = await localStore({ 'x.yaml': content })
    await store.secret('register', 'taken', '--old=1')
    const result = await store.secret('import', 'x.yaml')
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(message)
    expect((await store.secret('list', '--format', 'names')).stdout).toBe('taken\n')
  })

  it('leaves out what is there already, if so wished', async () => {
    await using store = await localStore({ 'x.yaml': 'fresh: {a: "1"}\ntaken: {a: "1"}\n' })
    await store.secret('register', 'taken', '--old=1')
    expect(await store.secret('import', 'x.yaml', '--skip-existing')).toMatchObject({ code: 0 })
    expect((await store.secret('get', 'taken', '--key', 'old')).stdout).toBe('1')
    expect((await store.secret('list', '--format', 'names')).stdout).toBe('fresh\ntaken\n')
  })
})

describe('the secret commands', () => {
  it('need to be told which backend', async () => {
    const { code, stderr } = await run(['secret', 'list'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: Nothing says which backend keeps the secrets, or several could\. /)
  })

  it('find the local store of a component by its id', async () => {
    await using store = await localStore()
    const argv = ['secret', 'register', 'db', '--a=1', '--component-id', '30d25383-04a5-4c7b-9092-ddd43df11e54']
    expect(await run(argv, { cwd: store.path, env: { ZENML_LOCAL_STORES_PATH: 'stores' } })).toMatchObject({ code: 0 })
    expect(
      readFileSync(join(store.path, 'stores/30d25383-04a5-4c7b-9092-ddd43df11e54/secrets.yaml'), 'utf8'),
    ).toContain('db:')
  })

  it('do not mind a level that is none', async () => {
    await using store = await localStore()
    expect(await store.run(['list'], { env: { ZENML_SECRET_VALIDATION_LEVEL: 'bogus' } })).toMatchObject({ code: 0 })
  })

  it.each([['secret'], ['secret', '--help'], ['help', 'secret']])('are listed by %j', async (...argv) => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const name of ['register|create', 'get', 'list', 'update', 'delete', 'rename', 'export', 'import'])
      expect(stdout).toContain(`\n  ${name} `)
  })

  it.each(['', 'register', 'get', 'list', 'update', 'delete', 'rename', 'export', 'import'])(
    'keep the help of %j within 80 columns',
    async command => {
      const { code, stdout } = await run(['secret', ...(command === '' ? [] : [command]), '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain('Exit codes:')
      // The usage is one line, for copying.
      const longest = Math.max(
        ...stdout
          .split('\n')
          .slice(1)
          .map(line => line.length),
      )
      expect(longest).toBeLessThanOrEqual(80)
    },
  )

  it('take no credential as an option', async () => {
    const { stdout } = await run(['secret', 'register', '--help'])
    expect(stdout).toContain('--zenml-url <URL>')
    expect(stdout).not.toMatch(/--(zenml-api-key|vault-token|vault-secret-id|github-token)/)
    expect(stdout).toMatch(/^ {2}ZENML_STORE_API_KEY +a credential$/m)
  })
})
