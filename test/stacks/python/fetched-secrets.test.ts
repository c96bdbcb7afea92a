import { describe, expect, it } from 'vitest'
import { secrets } from './read.ts'

const client = 'from zenml.client import Client\n'
const old = 'from zenml.steps import step, StepContext\n'

describe('a secret that ZenML fetches in Python', () => {
  it.each([
    ['with its key', 'Client().get_secret("db").secret_values["user"]', ['python db user 2:22-2:24']],
    ['by a get', "Client().get_secret('db').secret_values.get('user')", ['python db user 2:22-2:24']],
    ['without a key', 'use(Client().get_secret("db").secret_values)', ['python db 2:26-2:28']],
    ['by keyword', 'Client().get_secret(private=True, name_id_or_prefix="db")', ['python db 2:54-2:56']],
    ['by its exact name', 'Client().get_secret_by_name_and_private_status("db")', ['python db 2:49-2:51']],
    [
      'over lines',
      '(\n  Client()\n  .get_secret(\n    "db",\n  )\n  .secret_values[\n    "k"\n  ]\n)',
      ['python db k 5:6-5:8'],
    ],
    ['with a backslash', 'Client() \\\n  .get_secret("db") \\\n  .secret_values["k"]', ['python db k 3:16-3:18']],
    ['in an f-string', "f\"Bearer {Client().get_secret('db').secret_values['k']!r:>10}\"", ['python db k 2:32-2:34']],
    [
      'through variables',
      'c = Client()\ns = c.get_secret("db")\nv = s.secret_values\nv["a"], s.secret_values["b"]',
      ['python db a 3:19-3:21', 'python db b 3:19-3:21'],
    ],
    ['through :=', 'if (s := Client().get_secret("db")):\n  s.secret_values["a"]', ['python db a 2:31-2:33']],
    ['through with', 'with Client() as c:\n  c.get_secret("db")', ['python db 3:17-3:19']],
    ['awaited', 'x = await Client().get_secret("db").secret_values["k"]', ['python db k 2:32-2:34']],
    [
      'by its values as SecretStr',
      'Client().get_secret("db").values["k"].get_secret_value()',
      ['python db k 2:22-2:24'],
    ],
    [
      'in a branch',
      'if x:\n  s = Client().get_secret("a")\nelse:\n  s = Client().get_secret("b")\n  s.secret_values["only"]\ns.secret_values["k"]',
      ['python a k 3:28-3:29', 'python b only 5:28-5:29', 'python b k 5:28-5:29'],
    ],
    [
      'in one of two operands',
      's = Client().get_secret("a") if x else None\ns.secret_values["k"]',
      ['python a k 2:26-2:27'],
    ],
    [
      'of a parameter',
      'def f(a, c: Client, *, b=1) -> str:\n  return c.get_secret("db").secret_values["k"]',
      ['python db k 3:24-3:26'],
    ],
    ['of an optional parameter', 'def f(c: Client | None = None):\n  c.get_secret("db")', ['python db 3:17-3:19']],
    [
      'of an attribute',
      'class A:\n  def __init__(self):\n    self.c = Client()\n  def f(self):\n    self.c.get_secret("db")',
      ['python db 6:24-6:26'],
    ],
    [
      'bound below',
      'def f():\n  return late.get_secret(NAME).secret_values["k"]\nlate = Client()\nNAME = "db"',
      ['python db k 5:9-5:11'],
    ],
    [
      'in a decorated function',
      '@step(enable_cache=False)\nasync def f() -> None:\n\tClient().get_secret("db")',
      ['python db 4:23-4:25'],
    ],
    ['after a one-line header', 'if x: y = Client().get_secret("db"); y.secret_values["k"]', ['python db k 2:32-2:34']],
    [
      'from an object proven by secret_values',
      'get_client().get_secret("db").secret_values["k"]',
      ['python db k 2:26-2:28'],
    ],
    ['by an id', 'Client().get_secret(UUID("0b8c"))', ['python 0b8c 2:27-2:31']],
    [
      'with non-ASCII names',
      'schlüssel = Client().get_secret("straße😀")\nschlüssel.secret_values["ключ"]',
      ['python straße😀 ключ 2:34-2:42'],
    ],
  ])('is found %s', (_, code, expected) => {
    expect(secrets(client + code)).toEqual(expected)
  })

  it.each([
    ['import zenml\nzenml.client.Client().get_secret("db")', ['python db 2:35-2:37']],
    ['import zenml.client as zc\nzc.Client().get_secret("db")', ['python db 2:25-2:27']],
    ['from zenml.client import (\n  Client as C,  # ours\n)\nC().get_secret("db")', ['python db 4:17-4:19']],
    [
      'try:\n  from zenml.client import Client\nexcept ImportError:\n  Client = None\nClient().get_secret("db")',
      ['python db 5:22-5:24'],
    ],
    ['from zenml.repository import Repository\nRepository().get_secret("db")', ['python db 2:26-2:28']],
    ['Client().get_secret("db").secret_values["k"]', ['python db k 1:22-1:24']],
    ['# zenml\nClient().get_secret("db")', ['python db 2:22-2:24']],
  ])('is found however the client is imported: %j', (code, expected) => {
    expect(secrets(code)).toEqual(expected)
  })

  it.each([
    [
      'context',
      'def f(context: StepContext):\n  context.stack.secrets_manager.get_secret("db").content["k"]',
      ['python db k 3:45-3:47'],
    ],
    [
      'active stack',
      'from zenml.repository import Repository\nRepository().active_stack.secrets_manager.get_secret("db")',
      ['python db 3:55-3:57'],
    ],
    [
      'client',
      'from zenml.client import Client\nClient().active_stack.secrets_manager.get_secret(secret_name="db")',
      ['python db 3:63-3:65'],
    ],
    [
      'variable',
      'def f(context):\n  m = context.stack.secrets_manager\n  s = m.get_secret("db")\n  s.content.get("k"), s.aws_access_key_id',
      ['python db k 4:21-4:23'],
    ],
    ['name', 'def f(secrets_manager):\n  secrets_manager.get_secret("db")', ['python db 3:31-3:33']],
    [
      'class',
      'from zenml.secrets_managers import LocalSecretsManager\nLocalSecretsManager(name="m").get_secret("db")',
      ['python db 3:43-3:45'],
    ],
  ])('is found in a secrets manager: %s', (_, code, expected) => {
    expect(secrets(old + code)).toEqual(expected)
  })

  it.each([
    ['a constant', 'N = "db"\nClient().get_secret(N)', ['python db 2:6-2:8']],
    ['a typed constant', 'N: Final[str] = "db"\nClient().get_secret(N)', ['python db 2:18-2:20']],
    ['an attribute of a class', 'class S:\n  N = "db"\nClient().get_secret(S.N)', ['python db 3:8-3:10']],
    ['a key that is a constant', 'K = "k"\nClient().get_secret("db").secret_values[K]', ['python db k 3:22-3:24']],
    ['a sum', 'A = "d"\nClient().get_secret(A + "b")', ['python db 3:21-3:28']],
    ['strings side by side', 'Client().get_secret(\'d\' "b")', ['python db 2:22-2:27']],
    ['an f-string of constants', 'A = "d"\nClient().get_secret(f"{A}b")', ['python db 3:23-3:27']],
    [
      'one place for two calls',
      'N = "db"\nClient().get_secret(N).secret_values["k"]\nClient().get_secret(N).secret_values["k"]',
      ['python db k 2:6-2:8'],
    ],
    ['a map', 'C = {"name": "db"}\nClient().get_secret(C["name"])', ['python db 2:15-2:17']],
    ['escapes', 'Client().get_secret("d\\x62")', ['python db 2:22-2:27']],
    ['the latest value', 'N = "a"\nN = "db"\nClient().get_secret(N)', ['python db 3:6-3:8']],
  ])('is followed to %s', (_, code, expected) => {
    expect(secrets(client + code)).toEqual(expected)
  })

  it.each([
    [
      'the environment',
      'import os\nN = os.getenv("N", "db")\nClient().get_secret(N).secret_values["k"]',
      ['templated os.getenv("N", "db") k 3:5-3:25'],
    ],
    ['a variable of it', 'import os\nClient().get_secret(os.environ["N"])', ['templated os.environ["N"] 3:21-3:36']],
    [
      'it or a text',
      'import os\nN = os.environ.get("N") or "db"\nClient().get_secret(N)',
      ['templated os.environ.get("N") or "db" 3:5-3:32'],
    ],
    ['a parameter', 'def f(name="db"):\n  Client().get_secret(name)', ['templated name 3:23-3:27']],
    [
      'a constant of another file',
      'from constants import NAME\nClient().get_secret(NAME)',
      ['templated NAME 3:21-3:25'],
    ],
    ['an f-string', 'def f(env):\n  Client().get_secret(f"{env}-db")', ['templated {env}-db 3:25-3:33']],
    ['a conditional constant', 'if x:\n  N = "a"\nelse:\n  N = "b"\nClient().get_secret(N)', ['templated N 6:21-6:22']],
    ['a constant that may be absent', 'N = None\nif x:\n  N = "a"\nClient().get_secret(N)', ['templated N 5:21-5:22']],
    ['a choice', 'Client().get_secret("a" if x else "b")', ['templated "a" if x else "b" 2:21-2:38']],
    ['a loop', 'for n in ["a", "b"]:\n  Client().get_secret(n)', ['templated n 3:23-3:24']],
    ['a formatted text', 'Client().get_secret("%s-db" % x)', ['templated "%s-db" % x 2:21-2:32']],
  ])('is templated where its name comes from %s', (_, code, expected) => {
    expect(secrets(client + code)).toEqual(expected)
  })

  it('cuts a long expression', () => {
    const [found] = secrets(`${client}Client().get_secret(${'f('.repeat(150)}${')'.repeat(150)})`)
    expect(found).toBe(`templated ${'f('.repeat(100)} 2:21-2:471`)
  })
})
