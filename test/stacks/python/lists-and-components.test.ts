import { describe, expect, it } from 'vitest'
import { at, parts, secrets } from './read.ts'

const imports = `from zenml import pipeline, step
from zenml.client import Client
from zenml.enums import StackComponentType as T
`

describe('a list of secrets', () => {
  it.each([
    [
      '@pipeline(secrets=["a", "b"])\ndef train(): ...',
      ['secrets-list a 4:21-4:22 of train', 'secrets-list b 4:26-4:27 of train'],
    ],
    ['@step(\n  enable_cache=False,\n  secrets=("a",),\n)\nclass Load: ...', ['secrets-list a 6:13-6:14 of Load']],
    ['@step\n@pipeline(secrets=["a"])\nasync def f(): ...', ['secrets-list a 5:21-5:22 of f']],
    [
      'train.with_options(secrets=["0b8c9c2e-0000-4000-8000-000000000000"])()',
      ['secrets-list 0b8c9c2e-0000-4000-8000-000000000000 4:30-4:66 of train'],
    ],
    ['train.configure(secrets=["a"])', ['secrets-list a 4:27-4:28 of train']],
    [
      'S = ["a"] + ["b"]\n@step(secrets=S)\ndef f(): ...',
      ['secrets-list a 4:7-4:8 of f', 'secrets-list b 4:15-4:16 of f'],
    ],
    ['from c import S\n@step(secrets=[S])\ndef f(): ...', ['templated S 5:16-5:17 of f']],
    ['from c import S\n@step(secrets=S)\ndef f(): ...', ['templated S 5:15-5:16 of f']],
    ['f = step(g, secrets=["a"])', ['secrets-list a 4:23-4:24']],
    ['@step(secrets=None)\ndef f(): ...', []],
  ])('is read: %j', (code, expected) => {
    expect(secrets(imports + code)).toEqual(expected)
  })
})

describe('a reference in Python', () => {
  it.each([
    [
      'from zenml.integrations.slack.flavors import SlackAlerterSettings\nSlackAlerterSettings(slack_token="{{slack.token}}", x="{{a.b}} c")',
      ['reference slack token 5:35-5:50 of slack_token'],
    ],
    [
      'from zenml.integrations.mlflow import MLFlowExperimentTrackerConfig as M\nM(tracking_password=f"{{{{a.b.c}}}}", y=f"{{d.e}}", z={"n": "{{f.g}}"})',
      ['reference a b.c 5:23-5:36 of tracking_password'],
    ],
    [
      '@step(settings={"alerter": {"token": "{{a.b}}", "n": ["{{c.d}}"]}})\ndef f(): ...',
      ['reference a b 4:39-4:46 of settings.alerter.token'],
    ],
  ])('is found where ZenML resolves it: %j', (code, expected) => {
    expect(secrets(imports + code)).toEqual(expected)
  })
})

describe('a component that Python registers', () => {
  it('has its attributes with their places', () => {
    const code = `${imports}URI = "http://m"
Client().create_stack_component(
    name="tracker",
    flavor="mlflow",
    component_type=T.EXPERIMENT_TRACKER,
    configuration={
        "tracking_uri": URI,
        "tracking_password": "{{m.p}}",
        "nested": {"list": ["{{q.r}}", 3, None, True]},
        "filled": os.environ["X"],
        "{{k.v}}": compute(),
    },
)
`
    const [component] = parts(code).components
    expect({ ...component, place: at(component!.place), attributes: [] }).toEqual({
      type: 'experiment_tracker',
      name: 'tracker',
      flavor: 'mlflow',
      id: undefined,
      place: '6:11-6:18',
      attributes: [],
      nameAttribute: undefined,
    })
    expect(
      component!.attributes.map(({ path, value, place, range, templated, asKey }) =>
        [path.join('/'), value, at(place), code.slice(range!.start, range!.end), templated ?? asKey ?? false].join(
          ' | ',
        ),
      ),
    ).toEqual([
      'tracking_uri | http://m | 4:8-4:16 | http://m | false',
      'tracking_password | {{m.p}} | 11:31-11:38 | {{m.p}} | false',
      'nested/list/0 | {{q.r}} | 12:30-12:37 | {{q.r}} | false',
      'nested/list/1 | 3 | 12:40-12:41 | 3 | false',
      'nested/list/2 |  | 12:43-12:47 | None | false',
      'nested/list/3 | true | 12:49-12:53 | True | false',
      'filled | os.environ["X"] | 13:19-13:34 | os.environ["X"] | true',
      '{{k.v}} | {{k.v}} | 14:10-14:17 | {{k.v}} | true',
      '{{k.v}} | compute() | 14:20-14:29 | compute() | true',
    ])
  })

  it.each([
    ['Client().create_stack_component("n", "slack", "alerter", dict(t="x"))', ['alerter n slack 1']],
    ['def f(c):\n  c.create_stack_component("n", "slack", T("alerter"), {})', ['alerter n slack 0']],
    ['Client().update_stack_component("n", T.ALERTER.value, configuration={"t": "x"})', ['alerter n  1']],
    ['def f(n):\n  Client().create_stack_component(n, n, n, {"t": "x"})', ['   1']],
    ['Client().create_stack_component(**kwargs)', []],
  ])('is understood by position, and where parts are not known: %j', (code, expected) => {
    const found = parts(imports + code).components
    expect(found.map(c => `${c.type} ${c.name ?? ''} ${c.flavor ?? ''} ${c.attributes.length}`)).toEqual(expected)
  })

  it('shows a name with braces', () => {
    const [component] = parts(`${imports}Client().create_stack_component("{{a.b}}", "f", "alerter", {})`).components
    expect(component!.nameAttribute).toMatchObject({
      path: ['name'],
      value: '{{a.b}}',
      range: { start: 146, end: 153 },
    })
  })
})

describe('a secret that Python creates', () => {
  it.each([
    ['Client().create_secret("db", {"a": 1, "b": f()})', ['db a,b 4:25-4:27']],
    ['N = "db"\nClient().create_secret(name=N, values=dict(a=1))', ['db a 4:6-4:8']],
    ['Client().create_secret("db", values=load())', ['db unknown 4:25-4:27']],
    ['Client().create_secret("db", values={**x, "a": 1})', ['db unknown 4:25-4:27']],
    ['def f(client):\n  client.create_secret("db", values={"a": 1})', ['db a 5:25-5:27']],
    ['def f(name):\n  Client().create_secret(name, values={"a": 1})', []],
    ['from zenml.secret import ArbitrarySecretSchema as A\nm.register_secret(A(name="db", a="1"))', ['db a 5:27-5:29']],
    [
      'from zenml.secret import ArbitrarySecretSchema as A\nA(name="db", arbitrary_kv_pairs={"a": "1"})',
      ['db a 5:9-5:11'],
    ],
    [
      'from zenml.secret import ArbitrarySecretSchema as A\nA(name="db", **pairs)\nA(name="e")',
      ['db unknown 5:9-5:11', 'e unknown 6:9-6:10'],
    ],
    [
      'from zenml.secret.schemas import AWSSecretSchema\nAWSSecretSchema(name="db", aws_access_key_id=x)',
      ['db aws_access_key_id 5:23-5:25'],
    ],
  ])('is a definition: %j', (code, expected) => {
    const found = parts(imports + code).definitions
    const keysOf = (keys: ReadonlySet<string> | 'unknown') => (keys === 'unknown' ? keys : [...keys].join())
    expect(found.map(({ name, keys, place }) => `${name} ${keysOf(keys)} ${at(place)}`)).toEqual(expected)
  })
})
