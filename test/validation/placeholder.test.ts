// biome-ignore-all lint/suspicious/noTemplateCurlyInString: braces of other programs are what is tested.
import { describe, expect, it } from 'vitest'
import { isOpenReference, isPlaceholder, isPlaceholderName } from '../../src/validation/placeholder.ts'

describe('a placeholder', () => {
  it.each([
    '',
    '  ',
    '\n',
    '${PASSWORD}',
    'prefix-${PASSWORD}',
    '$PASSWORD',
    '$_x1',
    '$$PASSWORD',
    '$(PASSWORD)',
    '%PASSWORD%',
    'AWS_SECRET_ACCESS_KEY',
    'xxxx-xxxx',
    '${{ secrets.PASSWORD }}',
    '{{ password | env }}',
    '{{ password',
    '{% password %}',
    '<password>',
    '<your password here>',
    '[password]',
    'your-token',
    'YOUR_TOKEN',
    'my password',
    'the_token',
    'x',
    'XXXX',
    '...',
    '…',
    '**********',
    '---',
    'changeme',
    'CHANGE_ME',
    'change-me',
    'placeholder',
    'redacted',
    'TODO',
    'tbd',
    'none',
    'null',
  ])('is %j', value => {
    expect(isPlaceholder(value)).toBe(true)
  })

  it.each([
    'hunter2',
    'pa$$word',
    '$5',
    '$(cat password)',
    'pass{word',
    'xyz',
    'a<b>',
    '<a>b',
    'mypassword',
    'yours',
    'none-of-it',
    'AKIAEXAMPLE',
    '-----BEGIN KEY-----',
    `${'x'.repeat(1023)}y`,
    '${unfinished',
  ])('is not %j', value => {
    expect(isPlaceholder(value)).toBe(false)
  })

  it('is judged by its beginning, however long it is', () => {
    expect(isPlaceholder('${'.repeat(500_000))).toBe(false)
    expect(isPlaceholder(`\${X}${'y'.repeat(1_000_000)}`)).toBe(true)
  })
})

describe("a placeholder for a secret's name", () => {
  it.each(['', '${NAME}', 'team-$NAME', '$(NAME)', '<name>', 'team-<stage>', 'YOUR_SECRET', '{{ name }}', 'xxx'])(
    'is %j',
    name => {
      expect(isPlaceholderName(name)).toBe(true)
    },
  )

  it.each(['my_secret', 'the-secret', 'aws', 'AWS_SECRET', 'none', 'cost$', 'f3a9'])('is not %j', name => {
    expect(isPlaceholderName(name)).toBe(false)
  })
})

describe('a reference left for somebody to fill in', () => {
  it.each(['{{<SECRET_NAME>.<KEY>}}', '{{db.<KEY>}}', 'Bearer {{<NAME>.<KEY>}}', '{{ cookiecutter.token }}'])(
    'is %j',
    value => {
      expect(isOpenReference(value)).toBe(true)
    },
  )

  it.each(['{{a.b}}', '<b>{{a.b}}</b>', '{{a.b<c}}', '<SECRET_NAME>', '{{cookiecutters.a}}'])('is not %j', value => {
    expect(isOpenReference(value)).toBe(false)
  })
})
