import { describe, expect, it } from 'vitest'
import { attributeRows, onlyComponent, readShell, textAt } from './read.ts'

describe('a command that registers a component', () => {
  it.each([
    'zenml',
    'zen',
    './venv/bin/zenml',
    '"$VENV/bin/zenml"',
    'uv run zenml',
    'uv run --with boto3 --frozen zenml',
    'pdm run zenml',
    'poetry run zenml',
    'python -m zenml',
    'uv run python3.11 -m zenml',
    'sudo -E zenml',
    'env A=1 zenml',
    'A=1 B="x y" zenml',
    'time zenml',
    'exec zenml',
    'command zenml',
    'echo x | xargs -I{} zenml',
    'conda run -n zenml zenml',
    'docker run --rm zenmldocker/zenml zenml',
    'kubectl exec pod -- zenml',
    '$ zenml',
    '! zenml',
  ])('is recognised behind %s', program => {
    const { type, name } = onlyComponent(`${program} alerter register slk --token={{a.b}}\n`)
    expect([type, name]).toEqual(['alerter', 'slk'])
  })

  it.each([
    'myzenml alerter register slk --token={{a.b}}',
    'run zenml alerter register slk --token={{a.b}}',
    'zenml-cli alerter register slk --token={{a.b}}',
    'zenml alerter describe slk --token={{a.b}}',
    'zenml alerter flavor register my.Flavor --token={{a.b}}',
    'zenml pipeline register p --token={{a.b}}',
    'zenml service-connector register c --token={{a.b}}',
    'pip install zenml alerter register',
    'docker images --format "{{.Repository}}" zenml',
    'helm template zenml --set x={{ .Values.x }}',
    'zenml alerter register',
  ])('is none in %j', content => {
    expect(attributeRows(`${content}\n`)).toEqual([])
  })

  it.each([
    ['--flavor=s3', 's3'],
    ['--flavor s3', 's3'],
    ['-f s3', 's3'],
    ['-f=s3', 's3'],
    ['-fs3', 's3'],
    ['--type=s3', 's3'],
    ['-f gcp --flavor=s3', 's3'],
    ['', undefined],
    ['--flavor=$FLAVOR', undefined],
  ])('has its flavor in %j', (option, flavor) => {
    const content = `zenml artifact-store register store ${option} --key={{aws.id}}\n`
    expect(onlyComponent(content)).toMatchObject({ type: 'artifact_store', name: 'store', flavor })
    expect(attributeRows(content)).toEqual(['key={{aws.id}}'])
  })

  it('has its name wherever the first argument stands that is no option', () => {
    const content = 'zenml alerter update -c conn --label a=b --token={{a.b}} slk other\n'
    const { name, flavor, place, nameAttribute } = onlyComponent(content)
    expect([name, flavor, textAt(content, place), nameAttribute]).toEqual(['slk', undefined, 'slk', undefined])
  })

  it('without a name is the command as a whole', () => {
    const content = 'uv run zenml alerter register ... --token={{a.b}} | tee log\n'
    const { name, place } = onlyComponent(content)
    expect([name, textAt(content, place)]).toEqual([undefined, 'alerter register ... --token={{a.b}}'])
  })

  it('shows a reference in its name', () => {
    const content = 'zenml alerter register "{{a.b}}" -f slack\n'
    const { nameAttribute } = onlyComponent(content)
    expect([nameAttribute?.path, nameAttribute?.value, nameAttribute?.range]).toEqual([
      ['name'],
      '{{a.b}}',
      { start: 24, end: 31 },
    ])
  })

  it('has each option of the form --key=value for an attribute, repeated ones too, and no other', () => {
    const content =
      'zenml alerter register slk --a={{a.b}} --b {{no.t}} --a=c --d= {{e.f}} -x --verbose -l k=v -r id --env A=B --ключ=x\n'
    expect(attributeRows(content)).toEqual(['a={{a.b}}', 'a=c', 'd=', 'ключ=x'])
  })

  it('marks the option --secret, which attaches a secret', () => {
    expect(attributeRows('zenml model-deployer register s -f seldon --secret=one --secret "two"\n')).toEqual([
      'secret=one secret-option',
      'secret=two secret-option',
    ])
  })

  it('shows what stands in a map or a list one by one', () => {
    const content = `zenml log-store register o --headers='{"Authorization": "Bearer {{otel.key}}", "l": ["{{a.b}}", 1]}' --m="{\\"{{k.k}}\\": \\"$X\\"}" --n='{no json}'\n`
    expect(attributeRows(content)).toEqual([
      'headers/Authorization=Bearer {{otel.key}}',
      'headers/l/0={{a.b}}',
      'headers/l/1=1',
      'm/{{k.k}}={{k.k}} key',
      'm/{{k.k}}=$X templated',
      'n={no json}',
    ])
  })

  it('may be a code repository, whose type is its flavor', () => {
    const content = "zenml code-repository register repo --type=github --owner=o --token='{{gh.token}}'\n"
    expect(onlyComponent(content)).toMatchObject({ type: 'code_repository', name: 'repo', flavor: 'github' })
    expect(attributeRows(content)).toEqual(['owner=o', 'token={{gh.token}}'])
  })

  it("shows nothing of Go's templates", () => {
    expect(attributeRows('zenml alerter register s --a="{{ .Values.x }}" --b={{.x.y}} --c="{{- .z }}"\n')).toEqual([])
  })

  it('comes in the order of the file, however deep inside it stands', () => {
    const content =
      'zenml alerter register a --x="$(zenml alerter register b)"\nbash -c "zenml alerter register c"\nzenml alerter register d\n'
    expect(readShell(content).components.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('a command about stacks', () => {
  it('attaches secrets by name', () => {
    const content =
      'zenml stack register prod -o o --secret one --secret="two" --env A=B\nzenml stack update --secret=$X p\n'
    const { secrets } = readShell(content)
    expect(
      secrets.map(({ secret, key, via, attribute, place }) => [secret, key, via, attribute, textAt(content, place)]),
    ).toEqual([
      ['one', null, 'secrets-list', 'prod', 'one'],
      ['two', null, 'secrets-list', 'prod', 'two'],
      ['$X', null, 'templated', 'p', '$X'],
    ])
  })

  it.each(['zenml stack list --secret=x', 'gcloud run deploy --secret=x', 'zenml stack register s --secret <NAME>'])(
    'attaches none in %j',
    content => {
      expect(readShell(`${content} # zenml\n`).secrets).toEqual([])
    },
  )
})
