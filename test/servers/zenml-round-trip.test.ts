import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, startZenml, stopZenml, type ZenmlServer } from '../../scripts/servers/zenml.ts'
import type { Level } from '../../src/validation/level.ts'
import { run } from '../cli/run.ts'
import { openSession, type Session } from './zenml-client/session.ts'
import { type ZenmlStore, zenmlStore } from './zenml-store.ts'

const attributes = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const

let server: ZenmlServer
let store: ZenmlStore
/** Of the service account with whose key everything is checked, and of another user. */
let account: Session
let other: Session

beforeAll(async () => {
  server = await startZenml({ rbac: true })
  const python = join(dirname(server.client), 'python')
  const session = (name: string, env: Readonly<Record<string, string>>) =>
    openSession({ name, python, env: { ZENML_STORE_URL: server.url, ...env } })
  account = session('account', { ZENML_STORE_API_KEY: server.apiKey })
  const { adminUser, adminPassword } = server
  other = session('other', { ZENML_STORE_USERNAME: adminUser, ZENML_STORE_PASSWORD: adminPassword })
  store = await zenmlStore(server)
  await account.zenml('alerter', 'flavor', 'register', 'probe.ProbeFlavor')
})

afterAll(() => {
  account.close()
  other.close()
  stopZenml(server)
})

/** Registers a stack whose alerter holds these references, one an attribute, and exports it. */
async function register(stack: string, references: readonly string[]): Promise<string> {
  const config = references.map((reference, index) => `--${attributes[index]}=${reference}`)
  await account.zenml('alerter', 'register', `alerter-of-${stack}`, '--flavor=probe', ...config)
  await account.zenml('stack', 'register', stack, '-o', 'default', '-a', 'default', '-al', `alerter-of-${stack}`)
  const file = join(account.folder, `${stack}.yaml`)
  await account.zenml('stack', 'export', stack, file)
  return file
}

/** What ZenML's check calls missing, as `name.key`. */
async function missingForZenml(stack: string, level: Level): Promise<readonly string[]> {
  const error = await account.validate(stack, level)
  if (error === undefined) return []
  const [, list] = /^StackValidationError: .* do not exist in the secret store: (.*)\.\nTo register/.exec(error) ?? []
  if (list === undefined) throw new Error(`ZenML's check says something else: ${error}`)
  return list.split(', ').toSorted()
}

interface Checked {
  readonly code: number
  /** By attribute. */
  readonly verdicts: ReadonlyMap<string, string>
  /** As `name.key`. */
  readonly missing: readonly string[]
}

async function check(what: readonly string[], level: Level): Promise<Checked> {
  const args = ['check', ...what, '--backend', 'zenml', '--zenml-url', server.url, '--level', level]
  const env = { ZENML_STORE_API_KEY: server.apiKey }
  const { code, stdout, stderr } = await run([...args, '--format', 'json'], { cwd: account.folder, env })
  if (stdout === '') throw new Error(`The check gave no report: ${stderr}`)
  const references: readonly Use[] = JSON.parse(stdout).references
  const isMissing = ({ verdict }: Use) => verdict === 'missing' || verdict === 'key_missing'
  return {
    code,
    verdicts: new Map(references.map(({ attribute, verdict }) => [attribute, verdict])),
    missing: references
      .filter(isMissing)
      .map(({ secret, key }) => `${secret}.${key}`)
      .toSorted(),
  }
}

interface Use {
  readonly attribute: string
  readonly verdict: string
  readonly secret: string
  readonly key: string
}

const levels = ['NONE', 'SECRET_EXISTS', 'SECRET_AND_KEY_EXISTS'] as const

describe("secrets and a stack made by ZenML's own command line", () => {
  let file: string
  beforeAll(async () => {
    await account.zenml('secret', 'create', 'plain', '--k=1')
    await account.zenml('secret', 'create', 'values', '--values', '{"k": "1", "blank": ""}')
    await account.zenml('secret', 'create', 'mine', '--private', '--k=1')
    await other.zenml('secret', 'create', 'theirs', '--private', '--k=1')
    await other.zenml('secret', 'create', 'twin', '--public_key=1')
    await account.zenml('secret', 'create', 'twin', '--private', '--private_key=1')
    file = await register('agreed', [
      '{{plain.k}}',
      '{{ plain.absent }}',
      '{{absent.k}}',
      '{{values.k.x}}',
      '{{values.blank}}',
      '{{mine.k}}',
      '{{theirs.k}}',
      '{{twin.public_key}}',
      '{{twin.private_key}}',
      '{{plain.K}}',
    ])
  })

  const expected: Readonly<Record<Level, readonly string[]>> = {
    NONE: [],
    SECRET_EXISTS: ['absent.k', 'theirs.k'],
    SECRET_AND_KEY_EXISTS: ['absent.k', 'plain.K', 'plain.absent', 'theirs.k', 'twin.private_key', 'values.k.x'],
  }

  it.each(levels)("are judged as ZenML's own check judges them at level %s", async level => {
    expect(await missingForZenml('agreed', level)).toEqual(expected[level])
    // The file that ZenML exported, and the stack as it is registered.
    for (const what of [[file], ['--stack', 'agreed']]) {
      const { code, missing, verdicts } = await check(what, level)
      expect(missing).toEqual(expected[level])
      expect(code).toBe(level === 'NONE' ? 0 : 1)
      expect(verdicts.size).toBe(attributes.length)
    }
  })

  it('are judged at the level of keys as a run meets them', async () => {
    const { verdicts } = await check([file], 'SECRET_AND_KEY_EXISTS')
    const met = await account.resolve('agreed')
    const found = attributes.map(attribute => [attribute, verdicts.get(attribute) === 'found'])
    expect(found).toEqual(attributes.map(attribute => [attribute, met.get(attribute) === undefined]))
  })
})

describe("where ZenML's own check is wrong", () => {
  const cases = [
    ['the beginning of a name', '{{lengthy.k}}', 'pass', 'missing'],
    ['the middle of a name', '{{gthy_na.k}}', 'pass', 'missing'],
    ['a name in another case', '{{LENGTHY_NAME.k}}', 'pass', 'missing'],
    ['% for some letters', '{{len%name.k}}', 'pass', 'missing'],
    ['_ for a letter', '{{lengthy_n_me.k}}', 'pass', 'missing'],
    ['the id of a secret', '{{<id>.k}}', 'pass', 'missing'],
    ['the beginning of the id of a secret', '{{<start of id>.k}}', 'pass', 'missing'],
    ['a name that looks like an id', '{{6f9619ff-8b86-4d01-b42d-00cf4fc964ff.k}}', 'missing', 'found'],
    ['the twenty-first name that holds it', '{{often.k}}', 'missing', 'found'],
    ['a private secret, its name within a public one', '{{within.k}}', 'missing', 'found'],
  ] as const

  let ours: readonly Checked[]
  let zenml: readonly string[]
  let met: ReadonlyMap<string, string | undefined>
  let id: string

  const referenceOf = (text: string) => text.replace('<id>', id).replace('<start of id>', id.slice(0, 8))

  beforeAll(async () => {
    await account.zenml('secret', 'create', 'lengthy_name', '--k=1')
    const { items } = await call(server.url, 'GET', { path: 'secrets?name=lengthy_name', token: store.tokens.caller })
    id = items[0].id
    await account.zenml('secret', 'create', '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', '--k=1')
    const fill = async (session: Session, names: readonly string[]) => {
      for (const name of names) await session.zenml('secret', 'create', name, '--k=1')
    }
    const names = Array.from({ length: 20 }, (_, index) => `often-${index}`)
    await Promise.all([fill(account, names.slice(0, 10)), fill(other, names.slice(10))])
    await account.zenml('secret', 'create', 'often', '--k=1')
    await account.zenml('secret', 'create', 'within', '--private', '--k=1')
    await other.zenml('secret', 'create', 'within-another', '--x=1')
    const file = await register(
      'wrong',
      cases.map(([, reference]) => referenceOf(reference)),
    )
    ours = [await check([file], 'SECRET_AND_KEY_EXISTS'), await check(['--stack', 'wrong'], 'SECRET_AND_KEY_EXISTS')]
    zenml = await missingForZenml('wrong', 'SECRET_AND_KEY_EXISTS')
    met = await account.resolve('wrong')
  })

  it.each(cases)('%s, %s: its check says %s, a run and ours %s', (what, reference, itsCheck, verdict) => {
    const attribute = attributes[cases.findIndex(([name]) => name === what)] ?? ''
    expect(zenml.includes(referenceOf(reference).slice(2, -2)) ? 'missing' : 'pass').toBe(itsCheck)
    expect(met.get(attribute)).toEqual(
      verdict === 'found' ? undefined : expect.stringMatching(/The secret .* does not exist\./),
    )
    expect(ours.map(({ verdicts }) => verdicts.get(attribute))).toEqual([verdict, verdict])
  })

  it('a value that this identity may not see: its check passes, a run breaks, and ours finds the key', async () => {
    await other.zenml('secret', 'create', 'hidden', '--k=1')
    const file = await register('unseen', ['{{hidden.k}}', '{{hidden.absent}}'])
    writeFileSync(server.rbacPolicy ?? '', '{"deny": ["secret:read_secret_value"]}')
    try {
      expect(await missingForZenml('unseen', 'SECRET_AND_KEY_EXISTS')).toEqual(['hidden.absent'])
      expect((await account.resolve('unseen')).get('one')).toBe("KeyError: 'k'")
      const { verdicts } = await check([file], 'SECRET_AND_KEY_EXISTS')
      expect([...verdicts]).toEqual([
        ['one', 'found'],
        ['two', 'key_missing'],
      ])
    } finally {
      writeFileSync(server.rbacPolicy ?? '', '{"deny": []}')
    }
  })
})
