import { describe, expect, it } from 'vitest'
import { noParts } from '../../../src/stacks/file-parts.ts'
import { readPython } from '../../../src/stacks/python/read-python.ts'
import { pythonFile } from '../../../src/stacks/python-file.ts'
import { embeddedSlice } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'
import { parts } from './read.ts'

const client = 'from zenml.client import Client\n'

describe('what only looks like a use of ZenML', () => {
  it.each([
    ['another class', 'from kaggle_secrets import UserSecretsClient\nUserSecretsClient().get_secret("x")'],
    ['a client of that name', 'from azure.keyvault.secrets import Client\nClient().get_secret("x").value["k"]'],
    ['a client imported in a function', 'def f():\n  from google.cloud import Client\n  Client().get_secret("x")'],
    ['a function of the file', 'def get_secret(n): ...\nget_secret("x")'],
    ['a comment', '# Client().get_secret("x")'],
    ['a docstring', '"""\nClient().get_secret("x").secret_values["k"]\n"""'],
    ['a program in a text', "code = '''Client().get_secret(\"x\")'''"],
    ['an f-string with doubled braces', 'f"{{Client.x}}"'],
    ['a free text', 'print("{{a.b}}")\nx = "{{a.b}}"'],
    ['secrets of Streamlit', 'import streamlit as st\nst.secrets["x"]'],
    ['a list of another program', 'import modal\n@modal.function(secrets=["x"])\ndef f(): ...'],
    ['objects in a list', 'import modal\nf.with_options(secrets=[modal.Secret.from_name("x")])'],
    ['settings of another program', 'from pydantic import Settings\nSettings(token="{{a.b}}")'],
    ['no text', 'Client().get_secret(None)\nClient().get_secret()\nClient().get_secret(3)'],
    ['a placeholder', 'Client().get_secret("<NAME>")\nClient().get_secret(<NAME>)'],
    ['a secret of Kubernetes', 'from kubernetes import client\nclient.create_secret("x", values={"a": "b"})'],
    [
      'the declaration of a function',
      'def create_stack_component(name, component_type="alerter", configuration={}): ...',
    ],
  ])('is neither listed nor defined: %s', (_, code) => {
    expect(parts(client + code)).toEqual(noParts)
  })

  it.each([
    'client.get_secret("x")',
    'Client().get_secret("x")',
    'secrets_manager.get_secret("x")',
    'context.stack.secrets.get_secret("x")',
    '@pipeline(secrets=["x"])\ndef p(): ...',
    'AlerterSettings(token="{{a.b}}")',
    'client.create_secret(name="x", values={"a": "b"})',
  ])('is nothing in a text that never mentions ZenML: %s', code => {
    expect(parts(code)).toEqual(noParts)
  })
})

describe('a part of a larger file', () => {
  const file = sourceText('a.md', 'Fetch it with ZenML:\nClient().get_secret("x")\n')

  it('may leave to the rest of the file to mention ZenML', () => {
    expect(readPython(embeddedSlice(file, 21, 45)).secrets).toEqual([
      { secret: 'x', key: null, via: 'python', place: { file: 'a.md', span: file.spanOf(42, 43) } },
    ])
  })
})

describe('a Python file', () => {
  it.each([
    ['run.py', true],
    ['a/{% if zenml %}run.py{% endif %}', true],
    ['run.pyi', false],
    ['run.pyc', false],
    ['py', false],
    ['{% if py %}run.txt{% endif %}', false],
  ])('is told by its name: %s', (path, expected) => {
    expect(pythonFile.matchesPath(path)).toBe(expected)
  })

  it.each([
    ['from zenml import x\nget_secret', true],
    ['import zenml\nprint("secret")', false],
    ['client.get_secret("x")', false],
  ])('is opened only for words of ZenML: %j', (content, expected) => {
    expect(pythonFile.matchesText(content)).toBe(expected)
  })

  it('is another program where nothing is found', () => {
    expect(pythonFile.read(sourceText('a.py', 'import zenml\nget_secret("x")'))).toBeUndefined()
  })

  it('gives what it holds, without problems', () => {
    const source = sourceText('a.py', `\uFEFF${client}Client().get_secret("x")\r\n`)
    expect(pythonFile.read(source)).toEqual({
      source,
      stacks: [],
      components: [],
      secrets: [{ secret: 'x', key: null, via: 'python', place: { file: 'a.py', span: source.spanOf(53, 54) } }],
      definitions: [],
      problems: [],
    })
  })
})
