import { describe, expect, it } from 'vitest'
import { stackFile } from '../../e2e/stack-files.ts'
import { atTerminal, enter } from '../pty/terminal.ts'
import { run } from '../run.ts'
import { localStore } from './local.ts'

/** Each test is named after a sentence of ZenML's own page about secrets. */
describe('Secrets management', () => {
  it('To reference a secret in any string attribute of your stack components, simply specify the attribute value using the following syntax: {{<SECRET_NAME>.<SECRET_KEY>}}', async () => {
    await using store = await localStore({ 'stack.yaml': stackFile('prod', { a: '{{label_studio_secret.key}}' }) })
    const check = () => run(['check', '--secrets-file', 's.yaml', 'stack.yaml'], { cwd: store.path })
    await store.secret('register', 'other', '--key=x')
    expect((await check()).code).toBe(1)
    await store.secret('register', 'label_studio_secret', '--key=x')
    expect((await check()).code).toBe(0)
  })

  it('A full guide on using the CLI interface to register, access, update and delete secrets is available here.', async () => {
    const { stdout } = await run(['secret', '--help'])
    for (const command of ['register', 'get', 'update', 'delete']) {
      expect(stdout).toContain(`\n  ${command}`)
      expect(await run(['secret', command, '--help'])).toMatchObject({ code: 0, stderr: '' })
    }
  })

  it('A ZenML secret is a grouping of key-value pairs which are defined by a schema.', async () => {
    await using store = await localStore()
    await store.secret('register', 'basic', '--schema=basic_auth', '--username=a', '--password=b')
    expect((await store.secret('get', 'basic', '--reveal')).stdout).toBe(
      'SECRET_KEY  SECRET_VALUE\npassword    b\nusername    a\n',
    )
    expect((await store.secret('update', 'basic', '--other=c')).stderr).toContain(
      'do not conform with the secret schema "basic_auth"',
    )
  })

  it('An AWS SecretSchema, for example, has key-value pairs for AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as well as an optional AWS_SESSION_TOKEN.', async () => {
    await using store = await localStore()
    const required = ['--aws_access_key_id=a', '--aws_secret_access_key=b']
    expect(await store.secret('register', 'a', '-s', 'aws', '--aws_access_key_id=a')).toMatchObject({ code: 1 })
    expect(await store.secret('register', 'a', '-s', 'aws', ...required, '--more=c')).toMatchObject({ code: 1 })
    expect(await store.secret('register', 'a', '-s', 'aws', ...required)).toMatchObject({ code: 0 })
    expect(await store.secret('register', 'b', '-s', 'aws', ...required, '--aws_session_token=c')).toMatchObject({
      code: 0,
    })
  })

  it("If you don't specify a schema when registering a secret, ZenML will use the ArbitrarySecretSchema, a schema where arbitrary keys are allowed.", async () => {
    await using store = await localStore()
    expect(await store.secret('register', 'any', '--whatever=1', '--aws_access_key_id=2')).toMatchObject({ code: 0 })
    expect(await store.secret('update', 'any', '--more=3')).toMatchObject({ code: 0 })
  })

  it('If you wish to do so interactively, passing the secret name in as an argument (as in the following example) will initiate an interactive process: register SECRET_NAME -i', async () => {
    await using store = await localStore()
    const { code } = await atTerminal(
      ['secret', 'register', 'SECRET_NAME', '-i', '--secrets-file', 's.yaml'],
      store.path,
      [
        { see: 'Please enter a secret key:', type: `key1${enter}` },
        { see: 'Please enter the secret value for the key [key1]:', type: `value1${enter}` },
        { see: 'Do you want to add another key-value pair to this secret?', type: enter },
      ],
    )
    expect(code).toBe(0)
    expect((await store.secret('get', 'SECRET_NAME', '--key', 'key1')).stdout).toBe('value1')
  })

  it('There are two ways you can register or update your secrets.', async () => {
    await using store = await localStore()
    await store.secret('register', 'SECRET_NAME', '--key1=value1')
    const { code } = await atTerminal(
      ['secret', 'update', 'SECRET_NAME', '-i', '--secrets-file', 's.yaml'],
      store.path,
      [{ see: 'New value for key1:', type: `value2${enter}` }],
    )
    expect(code).toBe(0)
    expect((await store.secret('get', 'SECRET_NAME', '--key', 'key1')).stdout).toBe('value2')
    expect(await store.secret('update', 'SECRET_NAME', '--key1=value3')).toMatchObject({ code: 0 })
    expect((await store.secret('get', 'SECRET_NAME', '--key', 'key1')).stdout).toBe('value3')
  })

  it('If you wish to specify key-value pairs using command line arguments, you can do so instead: register SECRET_NAME --key1=value1 --key2=value2', async () => {
    await using store = await localStore()
    expect(await store.secret('register', 'SECRET_NAME', '--key1=value1', '--key2=value2')).toMatchObject({ code: 0 })
    expect((await store.secret('get', 'SECRET_NAME', '--key', 'key2')).stdout).toBe('value2')
  })

  it('For secret values that are too big to pass as a command line argument, or have special characters, you can also use the special @ syntax to indicate to ZenML that the value needs to be read from a file: --attr_from_literal=value --attr_from_file=@path/to/file.txt', async () => {
    const text = `${'$`"\\\n'.repeat(1000)}ü\n`
    await using store = await localStore({ 'path/to/file.txt': text })
    const argv = ['register', 'SECRET_NAME', '--attr_from_literal=value', '--attr_from_file=@path/to/file.txt']
    const { code, stderr } = await store.secret(...argv)
    expect(code).toBe(0)
    expect(stderr).toContain(
      `Expanding argument value attr_from_file to contents of file ${store.path}/path/to/file.txt.\n`,
    )
    expect((await store.secret('get', 'SECRET_NAME', '--key', 'attr_from_literal')).stdout).toBe('value')
    expect((await store.secret('get', 'SECRET_NAME', '--key', 'attr_from_file')).stdout).toBe(text)
  })

  it('Load Secret from active secret manager. This will fail if no secret manager is active or if that secret does not exist.', async () => {
    await using store = await localStore()
    expect(await run(['secret', 'get', 'SECRET_NAME'], { cwd: store.path })).toMatchObject({ code: 2, stdout: '' })
    expect(await store.secret('get', 'SECRET_NAME')).toMatchObject({ code: 1, stdout: '' })
  })

  it('retrieved_secret.content will contain a dictionary with all Key-Value pairs within your secret.', async () => {
    await using store = await localStore()
    await store.secret('register', 'SECRET_NAME', '--key1=value1', '--key2=value2')
    expect((await store.secret('export', 'SECRET_NAME', '--reveal')).stdout).toBe('key1: value1\nkey2: value2\n')
  })
})
