import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderText } from '../../src/reports/text.ts'
import { commandsIn } from '../runner.ts'
import { hostileReport, hostileText } from './hostile.ts'
import { at, everyKind, excerpt, report, reported, sampleReport, use } from './sample.ts'

describe('the text report', () => {
  it('shows every kind of finding', async () => {
    await expect(renderText(sampleReport(), {})).toMatchFileSnapshot('../fixtures/reports/every-kind.txt')
  })

  it('shows a group of findings once, with all other places, keys and helps', () => {
    const other = {
      ...everyKind['missing-secret'],
      key: 'url',
      breaksRegistration: false,
      place: at('stacks/dev.yaml', 3, 5),
      stack: 'dev',
      attribute: 'url',
    }
    const findings = [
      reported(everyKind['missing-secret'], { help: 'Add the token.' }),
      reported(other, { help: 'Add the url.' }),
      reported({ ...other, breaksRegistration: true, place: at('stacks/qa.yaml', 4, 6) }, { help: 'Add the url.' }),
    ]
    expect(renderText(report({ findings, uses: [use({ secret: 'slack', verdict: 'missing' })] }), {})).toBe(
      [
        'stacks/prod.yaml:20:17 error missing-secret',
        '  Message of missing-secret.',
        '',
        '  20 |       token: "{{slack.token}}"',
        '     |               ^^^^^^^^^^^^^^^',
        '',
        '  in: stack "prod", alerter (slack), token',
        '  also needed at: stacks/dev.yaml:3:5, slack.url, stack "dev", alerter (slack), url',
        '  also needed at: stacks/qa.yaml:4:6, slack.url, stack "dev", alerter (slack), url',
        '  help: Add the token.',
        '  help: Add the url.',
        '  more: docs/findings/missing-secret.md',
        '',
        'Failed with 3 errors: 1 secret missing; 0 of 1 reference found at level SECRET_AND_KEY_EXISTS in local (the secrets file .zenml/secrets.yaml).',
        '',
      ].join('\n'),
    )
  })

  it('says where registering fails too when the first place does not', () => {
    const first = { ...everyKind['missing-secret'], breaksRegistration: false } as const
    const findings = [reported(first), reported({ ...first, breaksRegistration: true, place: at('b.yaml', 1, 2) })]
    expect(renderText(report({ findings }), {})).toContain(
      'also needed at: b.yaml:1:2, slack.token, stack "prod", alerter (slack), token (registering the stack fails too)\n',
    )
  })

  it('names the documentation of a kind once, at its address where there is one', () => {
    const findings = [reported(everyKind['no-backend']), reported(everyKind['no-backend'])]
    const text = renderText(report({ findings }), { docsUrl: 'https://example.com/blob/v1' })
    expect(text.match(/more: .*/g)).toEqual(['more: https://example.com/blob/v1/docs/findings/no-backend.md'])
  })

  it('shows errors and totals only when quiet', () => {
    const findings = [
      reported(everyKind['plaintext-secret'], { severity: 'warning' }),
      reported(everyKind['no-backend']),
    ]
    const lines = renderText(report({ findings }), { quiet: true }).split('\n')
    expect(lines[0]).toBe('stacks/dev.yaml:2:13 error no-backend')
    expect(lines.at(-2)).toBe('Failed with 1 error and 1 warning: no secret references.')
    expect(lines.join()).not.toContain('plaintext-secret')
  })

  it('lists every reference when verbose', () => {
    const text = renderText({ ...sampleReport(), findings: [] }, { verbose: true })
    expect(text.split('\n').slice(0, 11)).toEqual([
      'stacks/prod.yaml',
      '  12:26  key missing  mlflow.password  stack "prod", experiment_tracker "mlf" (mlflow), tracking_password',
      '  13:26  found        mlflow.username  stack "prod", experiment_tracker "mlf" (mlflow), tracking_username',
      '  20:17  missing      slack.token      stack "prod", alerter (slack), token',
      '',
      'stacks/dev.yaml',
      '  8:30  access denied  aws     stack "dev", container_registry "ecr" (aws), authentication_secret',
      '  9:11  not verified   gcp.id  stack "dev", experiment_tracker "mlf" (mlflow), id',
      '',
      'pipelines/train.py',
      '  3:12  not looked up  wandb',
    ])
  })

  it('lists no verdicts at level NONE', () => {
    const text = renderText(report({ level: 'NONE', uses: [use({ verdict: 'skipped' })] }), { verbose: true })
    expect(text.split('\n')[1]).toBe(
      '  12:24  mlflow.password  stack "prod", experiment_tracker "mlf" (mlflow), tracking_password',
    )
  })

  it('colours where asked, and only adds colours', () => {
    const plain = renderText(sampleReport(), { verbose: true })
    const coloured = renderText(sampleReport(), { verbose: true, color: true })
    expect(coloured).not.toBe(plain)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI colours are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain)
  })

  it.each([
    [
      'wide characters',
      excerpt('  名: "', '{{秘密.鍵}}', '"'),
      '  1 |   名: "{{秘密.鍵}}"',
      '    |        ^^^^^^^^^^^',
    ],
    [
      'combining marks',
      excerpt('  e\u0301: ', 'e\u0301{{a.b}}'),
      '  1 |   e\u0301: e\u0301{{a.b}}',
      '    |      ^^^^^^^^',
    ],
    ['emoji', excerpt('- ', '{{🔑.b}}', ' …'), '  1 | - {{🔑.b}} …', '    |   ^^^^^^^^'],
    ['nothing', excerpt('a: ', ''), '  1 | a: ', '    |    ^'],
    ['a runner command of two parts', excerpt('a:', ':error::'), '  1 | a:\\x3aerror::', '    |   ^^^^^^^^^^^'],
    ['an old runner command of two parts', excerpt('a#', '#[error]'), '  1 | a#\\x23[error]', '    |   ^^^^^^^^^^^'],
  ])('underlines exactly the marked part: %s', (_, shown, line, underline) => {
    const findings = [reported({ ...everyKind['no-backend'], place: at('a.yaml', 1, 1), excerpt: shown })]
    const lines = renderText(report({ findings }), {}).split('\n')
    expect(lines.slice(3, 5)).toEqual([line, underline])
  })

  it('prints no command for the runner and no control, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 7 }), fc.boolean(), (texts, color) => {
        const text = renderText(hostileReport(texts), { color, verbose: true })
        expect(commandsIn(text)).toEqual([])
        // biome-ignore lint/suspicious/noControlCharactersInRegex: only colours may bring a control
        expect(text.replace(/\u001b\[\d+m|\n/g, '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})
