import { describe, expect, it } from 'vitest'
import { definitionRows, readShell } from './read.ts'

describe('a command that creates a secret', () => {
  it.each([
    ['zenml secret create creds --user=a --password="b c"', 'creds: user, password'],
    ['zenml secret register creds --user=a', 'creds: user'],
    ['zenml secrets-manager secret register creds --user=a', 'creds: user'],
    [
      'zenml secrets-manager secret register -s kserve_s3 creds --credentials="@~/.aws/credentials"',
      'creds: credentials',
    ],
    ['zenml secret create creds --schema=aws --scope user --a=$A -p', 'creds: a'],
    ['zenml secret create --a=1 "creds" || true', 'creds: a'],
    ['NAME=creds; zenml secret create $NAME --a=1', 'creds from $NAME: a'],
    [`zenml secret create creds --values='{"a": 1, "b.c": "$X"}'`, 'creds: a, b.c'],
    ['zenml secret create creds \\\n  -v "{\\"a\\": \\"$A\\"}"', 'creds: a'],
    ["zenml secret create creds -v 'a: 1\nb: 2'", 'creds: a, b'],
    ['zenml secret create creds -v \'{"a": 1}\' --b=2', 'creds: a, b'],
    ['zenml secret create creds -v @creds.json', 'creds: unknown'],
    ['zenml secret create creds --values=$VALUES', 'creds: unknown'],
    ['zenml secret create creds --values="{$X: 1}"', 'creds: unknown'],
    ["zenml secret create creds -v '{broken'", 'creds: unknown'],
    ['zenml secret create creds -i', 'creds: unknown'],
    ['zenml secret create creds', 'creds: unknown'],
    ['zenml secret create creds --a=1 ...', 'creds: unknown'],
    ['zenml secret create creds --a=1 $MORE', 'creds: unknown'],
    ['zenml secret create creds --$KEY=1', 'creds: unknown'],
    ['zenml secret update creds --a=1', 'creds: unknown'],
    ['zenml secrets-manager secret update creds -i', 'creds: unknown'],
    ['if ! zenml secret list | grep -q x; then zenml secret create creds --a=1; fi', 'creds: a'],
  ])('is read: %s', (content, expected) => {
    expect(definitionRows(`${content}\n`)).toEqual([expected])
  })

  it.each([
    'zenml secret get creds',
    'zenml secret list --name=creds',
    'zenml secret delete creds -y',
    'zenml secret create $UNKNOWN --a=1',
    'zenml secret create "${ENV}-creds" --a=1',
    'zenml secret create <SECRET_NAME> --a=1',
    'zenml secret create "{{ name }}" --a=1',
    'zenml secret create ... --a=1',
    'zenml secret create --a=1',
    'modal secret create creds A=1 # zenml',
    'zenml secrets-manager register creds --flavor=aws',
    'echo "zenml secret create creds --a=1"',
  ])('is none: %s', content => {
    expect(definitionRows(`${content}\n`)).toEqual([])
  })

  it('is listed each time, at the name', () => {
    const content = 'zenml secret create a --x=1\nzenml secret create a --y=1\n'
    expect(readShell(content).definitions).toEqual([
      {
        name: 'a',
        keys: new Set(['x']),
        place: { file: 'setup.sh', span: { start: { line: 1, column: 21 }, end: { line: 1, column: 22 } } },
      },
      {
        name: 'a',
        keys: new Set(['y']),
        place: { file: 'setup.sh', span: { start: { line: 2, column: 21 }, end: { line: 2, column: 22 } } },
      },
    ])
  })
})
