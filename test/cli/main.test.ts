import { describe, expect, it } from 'vitest'
import { backendNames } from '../../src/backends/backend.ts'
import { optionsOf } from '../../src/settings/options.ts'
import { checkSurface, referencesSurface } from '../../src/settings/surface.ts'
import { version } from '../../src/version.ts'
import { run } from './run.ts'

const anyBackend = ['auto', ...backendNames].join(', ').replace(/, ([a-z]+)$/, ' or $1')

const seeHelp = 'Run with --help to see what there is.\n'

describe('the command line', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('prints what commands there are for %j', async argv => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Usage: zenml-secrets [options] [command]')
    expect(stdout).toMatch(/^ {2}check \[options\] \[PATH\.\.\.\] /m)
    expect(stdout).toMatch(/^ {2}references \[options\] \[PATH\.\.\.\] /m)
  })

  it.each(['--version', '-V'])('prints its version for %s', async flag => {
    expect(await run([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([
    ['check', checkSurface],
    ['references', referencesSurface],
  ] as const)('prints every flag of %s in its help', async (name, surface) => {
    const { code, stdout, stderr } = await run([name, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const flags = [...optionsOf(name).keys()].filter(option => option !== 'paths')
    const shown = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, flag]) => flag)
    expect(new Set(shown)).toEqual(new Set([...flags, 'help']))
    for (const format of surface.formats) expect(stdout).toMatch(new RegExp(`\\b${format}\\b`))
    expect(await run(['help', name])).toEqual({ code, stdout, stderr })
  })

  it('says in the help of check what it reads from the environment and how it exits', async () => {
    const { stdout } = await run(['check', '--help'])
    for (const option of optionsOf('check').values()) {
      for (const variable of option.environment) expect(stdout).toContain(`  ${variable} `)
    }
    expect(stdout).toMatch(/^Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n.*\n {2}3 .*\n {2}130 /m)
  })

  it.each([
    [80, 80],
    [undefined, 80],
    [100, 100],
    [300, 110],
  ])('keeps its help on a terminal of %s columns within %i', async (columns, limit) => {
    for (const command of ['check', 'references']) {
      let help = ''
      await run([command, '--help'], { stdout: { write: text => (help += text), isTTY: true, columns } })
      const longest = Math.max(...help.split('\n').map(line => line.length))
      expect(longest).toBeLessThanOrEqual(limit)
      expect(longest).toBeGreaterThan(limit - 15)
    }
  })

  it.each([
    [['chek'], "error: unknown command 'chek'\n(Did you mean check?)\n"],
    [['check', '--levle', 'NONE'], "error: unknown option '--levle'\n(Did you mean --level?)\n"],
    [['check', '--summary'], "error: unknown option '--summary'\n"],
    [['check', '--tree'], "error: unknown option '--tree'\n"],
    [['references', '--level', 'NONE'], "error: unknown option '--level'\n"],
    [['check', '--level'], "error: option '--level <LEVEL>' argument missing\n"],
    [['help', 'nothing'], 'error: there is no such command\n'],
    [['--\u001b[2J\n::error::'], "error: unknown option '--\\e[2J\\n:\\x3aerror:\\x3a'\n"],
  ])('refuses %j', async (argv, message) => {
    expect(await run(argv)).toEqual({ code: 2, stdout: '', stderr: `${message}${seeHelp}` })
  })

  it('reports all faults of settings together', async () => {
    const argv = ['check', '--level', 'none', '--backend', 'voult', '--format', 'jsn', '--timeout', '-1', '--quiet']
    expect(await run(argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        'error: --level does not take "none". Use NONE, SECRET_EXISTS or SECRET_AND_KEY_EXISTS. Did you mean NONE?',
        `error: --backend does not take "voult". Use ${anyBackend}. Did you mean vault?`,
        'error: --timeout does not take "-1". Give whole seconds, from 1 to 3600.',
        'error: --format does not take "jsn". Use one of text, json, markdown, github. Did you mean json?',
        '',
      ].join('\n'),
    })
  })

  it('refuses a level of the environment that is none', async () => {
    expect(await run(['check'], { env: { ZENML_SECRET_VALIDATION_LEVEL: 'bogus' } })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: The environment variable ZENML_SECRET_VALIDATION_LEVEL does not take "bogus". Use NONE, SECRET_EXISTS or SECRET_AND_KEY_EXISTS.\n',
    })
  })
})
