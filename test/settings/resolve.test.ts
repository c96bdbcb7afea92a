import { describe, expect, it } from 'vitest'
import { type RawOptions, resolveSettings } from '../../src/settings/resolve.ts'
import { SettingsError } from '../../src/settings/settings.ts'
import { actionSurface, checkSurface, referencesSurface } from '../../src/settings/surface.ts'

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6'
const defaults = {
  query: { root: '/repo', paths: [], exclude: [], confined: false },
  stacks: [],
  level: 'SECRET_AND_KEY_EXISTS',
  isStatic: false,
  backend: 'auto',
  backendOptions: expect.objectContaining({
    local: { secretsFile: undefined, localStores: '/home/ann/.config/zenml/local_stores', componentId: undefined },
  }),
  zenmlVersion: undefined,
  documentation: false,
  policy: { failOn: 'error', onUnverified: 'fail' },
  suggest: true,
  timeout: 120_000,
}

type Env = Readonly<Record<string, string>>

function surroundings(env: Env) {
  return { env, cwd: '/repo', homedir: '/home/ann', platform: 'linux' }
}

function raw(texts: Readonly<Record<string, string | readonly string[]>>): RawOptions {
  return new Map(Object.entries(texts).map(([name, text]) => [name, typeof text === 'string' ? [text] : text]))
}

function problemsOf(resolve: () => unknown): readonly string[] {
  try {
    resolve()
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

describe('resolveSettings', () => {
  it('gives the defaults where nothing is given', () => {
    const { settings, outputs } = resolveSettings(checkSurface, new Map(), surroundings({}))
    expect(settings).toEqual(defaults)
    expect(outputs).toEqual([{ format: 'text', file: undefined }])
  })

  it('takes empty texts and variables for nothing', () => {
    const empty = raw({
      paths: ['', ''],
      level: '',
      backend: '',
      'secrets-file': '',
      'fail-on': '',
      timeout: '',
      format: '',
    })
    const { settings } = resolveSettings(checkSurface, empty, surroundings({ ZENML_SECRET_VALIDATION_LEVEL: '' }))
    expect(settings).toEqual(defaults)
  })

  it('turns every option into its setting', () => {
    const given = raw({
      paths: ['stacks', '*.yaml'],
      exclude: ['old/**'],
      level: 'SECRET_EXISTS',
      backend: 'local',
      'secrets-file': '.zenml/secrets.yaml',
      'component-id': id.toUpperCase(),
      'zenml-version': '0.22.0',
      'fail-on': 'warning',
      'on-unverified': 'warn',
      timeout: '30',
    })
    const { settings } = resolveSettings(checkSurface, given, surroundings({ ZENML_CONFIG_PATH: '/zen' }))
    expect(settings).toEqual({
      query: { root: '/repo', paths: ['stacks', '*.yaml'], exclude: ['old/**'], confined: false },
      stacks: [],
      level: 'SECRET_EXISTS',
      isStatic: false,
      backend: 'local',
      backendOptions: expect.objectContaining({
        local: { secretsFile: '/repo/.zenml/secrets.yaml', localStores: '/zen/local_stores', componentId: id },
      }),
      zenmlVersion: '0.22.0',
      documentation: false,
      policy: { failOn: 'warning', onUnverified: 'warn' },
      suggest: true,
      timeout: 30_000,
    })
  })

  it('confines the action to its workspace and tells nothing until its event is trusted', () => {
    const { settings, outputs } = resolveSettings(actionSurface, new Map(), surroundings({}))
    expect(settings).toEqual({ ...defaults, query: { ...defaults.query, confined: true }, suggest: false })
    expect(outputs).toEqual([])
  })

  it.each([
    [checkSurface, 'stack'],
    [referencesSurface, 'stack'],
    [actionSurface, 'stacks'],
  ] as const)('takes names of registered stacks, each once: %s', (surface, option) => {
    const given = raw({ [option]: ['prod', 'a b', 'prod'] })
    const { settings } = resolveSettings(surface, given, surroundings({ ZENML_STORE_URL: 'https://z.test' }))
    expect(settings.stacks).toEqual(['prod', 'a b'])
    expect(settings.backendOptions.zenml.url).toBe('https://z.test')
    expect(problemsOf(() => resolveSettings(surface, given, surroundings({})))).toEqual([
      `${surface.label(option)} needs the address of the ZenML server. Give it as zenml-url, or in ZENML_STORE_URL.`,
    ])
  })

  it('gives the action what it alone needs', () => {
    const given = raw({
      comment: 'always',
      'comment-key': 'prod',
      annotations: 'false',
      summary: 'true',
      'json-file': 'out/report.json',
      'github-token': 'ghs_0123\n',
    })
    expect(resolveSettings(actionSurface, given, surroundings({})).values).toMatchObject({
      comment: 'always',
      'comment-key': 'prod',
      annotations: false,
      summary: true,
      'json-file': '/repo/out/report.json',
      'github-token': 'ghs_0123',
    })
    expect(resolveSettings(actionSurface, new Map(), surroundings({})).values).toMatchObject({
      comment: 'on-failure',
      'comment-key': undefined,
      annotations: true,
      summary: true,
      'json-file': undefined,
      'github-token': undefined,
    })
  })

  it('gives the references command its own formats', () => {
    const given = raw({ format: 'csv', tree: 'true' })
    const { outputs, values } = resolveSettings(referencesSurface, given, surroundings({}))
    expect(outputs).toEqual([{ format: 'csv', file: undefined }])
    expect(values.tree).toBe(true)
    expect(problemsOf(() => resolveSettings(checkSurface, given, surroundings({})))).toEqual([
      '--format does not take "csv". Use one of text, json, markdown, github.',
    ])
  })
})

describe('the level', () => {
  const variable = 'ZENML_SECRET_VALIDATION_LEVEL'
  it.each([
    ['NONE', 'SECRET_EXISTS', 'NONE'],
    ['', 'SECRET_EXISTS', 'SECRET_EXISTS'],
    ['SECRET_AND_KEY_EXISTS', 'bogus', 'SECRET_AND_KEY_EXISTS'],
    ['', '', 'SECRET_AND_KEY_EXISTS'],
  ])('is, given %j and %j in the environment, %s', (level, inherited, expected) => {
    const env = { [variable]: inherited }
    expect(resolveSettings(checkSurface, raw({ level }), surroundings(env)).settings.level).toBe(expected)
    expect(resolveSettings(actionSurface, raw({ level }), surroundings(env)).settings.level).toBe(expected)
  })

  it.each([
    ['none', ' Did you mean NONE?'],
    [' NONE', ' Did you mean NONE?'],
    ['secret_exists', ' Did you mean SECRET_EXISTS?'],
    ['BOGUS', ''],
    [' ', ''],
  ])('is never %j, wherever it comes from', (level, hint) => {
    const advice = `does not take "${level}". Use NONE, SECRET_EXISTS or SECRET_AND_KEY_EXISTS.${hint}`
    expect(problemsOf(() => resolveSettings(checkSurface, raw({ level }), surroundings({})))).toEqual([
      `--level ${advice}`,
    ])
    expect(problemsOf(() => resolveSettings(actionSurface, raw({ level }), surroundings({})))).toEqual([
      `The input level ${advice}`,
    ])
    expect(problemsOf(() => resolveSettings(checkSurface, new Map(), surroundings({ [variable]: level })))).toEqual([
      `The environment variable ${variable} ${advice}`,
    ])
  })

  it('of the environment is no concern of a command that has none', () => {
    const env = { [variable]: 'bogus' }
    expect(resolveSettings(referencesSurface, new Map(), surroundings(env)).settings.level).toBe(
      'SECRET_AND_KEY_EXISTS',
    )
  })
})

describe('SettingsError', () => {
  it('names all that is wrong at once, in the order of the table', () => {
    const given = raw({
      format: ['jsn', 'xml'],
      timeout: '0',
      level: 'all',
      backend: 'locla',
      'component-id': 'x',
      paths: ['a\0b', 'fine.yaml'],
      'fail-on': ['error', 'never'],
      output: 'a\nb',
    })
    expect(problemsOf(() => resolveSettings(checkSurface, given, surroundings({})))).toEqual([
      'PATH does not take "a\\x00b". Remove the NUL character.',
      '--level does not take "all". Use NONE, SECRET_EXISTS or SECRET_AND_KEY_EXISTS.',
      expect.stringMatching(/^--backend does not take "locla"\. Use auto, local, .+\. Did you mean local\?$/),
      `--component-id does not take "x". Give a UUID, such as ${id}.`,
      '--timeout does not take "0". Give whole seconds, from 1 to 3600.',
      '--fail-on is given 2 times. Give it once.',
      '--output does not take "a\\nb". Give a single line without NUL characters.',
      '--format does not take "jsn". Use one of text, json, markdown, github. Did you mean json?',
      '--format does not take "xml". Use one of text, json, markdown, github.',
    ])
  })

  it('quotes what was given so that no runner and no terminal obeys it', () => {
    const given = raw({ comment: 'x\n::error::\u001b[2J' })
    expect(problemsOf(() => resolveSettings(actionSurface, given, surroundings({})))).toEqual([
      'The input comment does not take "x\\n:\\x3aerror:\\x3a\\e[2J". Use on-failure, always or never.',
    ])
  })

  it('never quotes a token', () => {
    const given = raw({ 'github-token': 'ghs_0123 canary' })
    const problems = problemsOf(() => resolveSettings(actionSurface, given, surroundings({})))
    expect(problems).toEqual([
      'The input github-token cannot be used. Copy it again: it holds a blank, a line break or a character no token has, or is too long.',
    ])
  })
})
