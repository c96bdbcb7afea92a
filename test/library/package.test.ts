import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretsFile, stackFile } from '../e2e/stack-files.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

/** A program somebody else wrote, which has the package from its tarball and nothing else. */
const program = `import { check, findSecretUses, openSecretStore, parseReference, type Report, SecretStoreError } from 'zenml-secrets'

const secretsFile = 'secrets.txt'
const report: Report = await check({ paths: ['prod.json'], secretsFile, level: 'SECRET_AND_KEY_EXISTS' })
const [use] = await findSecretUses({ paths: ['prod.json'] })
const store = await openSecretStore({ secretsFile })
const { content } = await store.getSecret('slack')
let trouble: string | undefined
try {
  await store.getSecret('slak')
} catch (error) {
  if (error instanceof SecretStoreError) trouble = error.trouble
}
console.log(JSON.stringify([report.result, use?.secret, parseReference('{{a.b}}')?.key, content.get('token'), trouble]))
`

let folder = ''
let installed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zenml-secrets-consumer-'))
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
  })
  const [packed]: readonly { readonly filename: string }[] = JSON.parse(stdout)
  installed = join(folder, 'node_modules', 'zenml-secrets')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', join(folder, packed?.filename ?? ''), '-C', installed, '--strip-components=1'])
  await writeFile(join(folder, 'package.json'), '{"type": "module"}\n')
  await writeFile(join(folder, 'prod.json'), stackFile('prod', { slack_token: '{{slack.token}}' }))
  await writeFile(join(folder, 'secrets.txt'), secretsFile({ slack: { token: 'abc' } }))
  await writeFile(join(folder, 'program.mts'), program)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

function compile(...options: readonly string[]) {
  const strict = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--target',
    'es2023',
    '--lib',
    'es2023,dom',
    '--types',
    '',
  ]
  return run(process.execPath, [tsc, 'program.mts', ...strict, ...options], { cwd: folder }).catch(fault => {
    throw new Error(fault.stdout)
  })
}

describe('the package', () => {
  it('has its types found by programs that resolve as Node does, and runs there', async () => {
    await compile('--module', 'node16', '--skipLibCheck', 'false')
    const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual(['pass', 'slack', 'b', 'abc', 'absent'])
  })

  it('has its types found by programs that are bundled', async () => {
    await compile('--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit')
  })

  it('refuses an option there is not while it is compiled', async () => {
    await writeFile(join(folder, 'program.mts'), program.replace('{ secretsFile }', '{ secretFile: secretsFile }'))
    await expect(compile('--module', 'node16', '--noEmit')).rejects.toThrow("'secretFile' does not exist")
    await writeFile(join(folder, 'program.mts'), program)
  })

  it('is published as it should be', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true })
    expect(messages.map(message => formatMessage(message, pkg, { color: false }))).toEqual([])
  })
})
