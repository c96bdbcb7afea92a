import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runConfiguration } from '../../../src/stacks/run-configuration.ts'
import { row } from '../read.ts'
import {
  assertSound,
  attributesOf,
  brokenConfiguration,
  readConfigurationText,
  secretRows,
  soundConfiguration,
} from './generate.ts'

const whole = `# {{comment.ref}}
enable_cache: False
parameters:
  prompt: "{{not.ours}}"
environment:
  TOKEN: '{{literal.ref}}'
  PORT: 80
secrets:
  - aws
  - 3191a334-8dd5-4800-9cb3-eb154edd041d
  - "\${NAME}"
  - 12
settings:
  docker:
    environment:
      API_KEY: abc
  orchestrator:
    token: '{{orch.tok}}'
    pod_settings:
      env: [{name: A, value: '{{deep.ref}}'}]
steps:
  trainer:
    secrets: [wandb, 'hf']
    settings:
      experiment_tracker.mlflow:
        password: "{{ ml.pw }}"
  empty:
`

describe('a run configuration', () => {
  const file = readConfigurationText(whole)

  it('names secrets in lists, and by whole references in settings', () => {
    expect(secretRows(file)).toEqual([
      'aws secrets-list 9:5-9:8 secrets',
      '3191a334-8dd5-4800-9cb3-eb154edd041d templated 10:5-10:41 secrets',
      '${NAME} templated 11:6-11:13 secrets',
      'orch.tok reference 18:13-18:25 settings.orchestrator.token',
      'wandb secrets-list 23:15-23:20 steps.trainer.secrets',
      'hf secrets-list 23:23-23:25 steps.trainer.secrets',
      'ml.pw reference 26:20-26:31 steps.trainer.settings.experiment_tracker.mlflow.password',
    ])
    expect(file?.stacks).toEqual([])
    expect(file?.problems).toEqual([])
  })

  it('holds the texts that ZenML resolves nowhere as attributes of the pipeline', () => {
    expect(file?.components).toHaveLength(1)
    expect(file?.components?.[0]).toMatchObject({ type: 'pipeline', name: undefined, flavor: undefined })
    expect(attributesOf(file).map(row)).toEqual([
      'environment/TOKEN="{{literal.ref}}" 6:11-6:26',
      'environment/PORT=80 7:9-7:11',
      'settings/docker/environment/API_KEY="abc" 16:16-16:19',
      'settings/orchestrator/pod_settings/env/0/name="A" 20:20-20:21',
      'settings/orchestrator/pod_settings/env/0/value="{{deep.ref}}" 20:31-20:43',
    ])
  })

  it.each([
    ['a flag of its own', 'enable_step_logs: true\nsecrets: [a]\n'],
    ['a name for the run', 'run_name: r\nsecrets: [a]\n'],
    ['settings of a component', 'settings: {orchestrator: {synchronous: true}}\nsecrets: [a]\n'],
    ['settings of a flavor', 'settings: {step_operator.vertex: {}}\nsecrets: [a]\n'],
    ['an image by ZenML', 'settings: {docker: {required_integrations: [mlflow]}}\nsecrets: [a]\n'],
    ['resources by ZenML', 'settings: {resources: {cpu_count: 2}}\nsecrets: [a]\n'],
    ['parameters of a step', 'steps:\n  load: {parameters: {a: 1}}\nsecrets: [a]\n'],
    ['a flag of a step', 'steps:\n  load: {enable_cache: true}\n  fit:\nsecrets: [a]\n'],
    ['secrets of a step', 'steps:\n  load: {secrets: [a]}\n'],
    ['JSON', '{"steps": {"load": {"secrets": ["a"]}}}'],
    ['an empty field', 'steps:\nsettings: null\nenable_cache: true\nsecrets: [a]\n'],
    ['merged keys', 'steps:\n  a: &s {enable_cache: true, secrets: [a]}\n  b: {<<: *s}\n'],
  ])('is recognised by %s', (_, text) => {
    expect(runConfiguration.matchesText(text)).toBe(true)
    expect(secretRows(readConfigurationText(text))).toContainEqual(expect.stringMatching(/^a secrets-list /))
  })

  it.each([
    ['secrets alone', 'secrets: [a, b]\n'],
    ['secrets and environment', 'secrets: [a]\nenvironment: {A: "{{a.b}}"}\n'],
    ['parameters and secrets', 'parameters: {a: 1}\nsecrets: [a]\nmodel: {name: m}\n'],
    ['Helm values', 'secrets: {db: "{{a.b}}"}\nsettings: {orchestrator: {x: "{{a.b}}"}}\nenable_cache: true\n'],
    ['a key that ZenML refuses', 'enable_cache: true\nsteps: {}\nsecrets: [a]\nversion: 3\n'],
    [
      'a compose file',
      'services: {web: {image: x, environment: {A: "{{a.b}}"}, secrets: [a]}}\nsecrets: {a: {file: x}}\n',
    ],
    ['a workflow', 'on: push\njobs: {a: {steps: [{run: "echo {{a.b}}", env: {A: "{{a.b}}"}}]}}\n'],
    ['a composite of steps', 'steps:\n- {name: a, secrets: [a]}\nenvironment: {A: "{{a.b}}"}\n'],
    ['steps with an image', 'steps:\n  build: {image: golang, secrets: [a], environment: {A: "{{a.b}}"}}\n'],
    ['a flow of Kestra', 'id: f\nnamespace: n\ntasks: [{id: a, type: t, env: {A: "{{a.b}}"}}]\n'],
    ['an Argo workflow', 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {steps: [[{name: "{{a.b}}"}]]}\n'],
    ['a playbook', '- hosts: all\n  environment: {A: "{{a.b}}"}\n'],
    ['a list of run configurations', '- {enable_cache: true, secrets: [a]}\n'],
    ['an environment that is a list', 'enable_cache: true\nenvironment: [A=b]\nsecrets: [a]\n'],
    ['settings of another program', 'settings: {orchestrator: x, docker: y}\nsecrets: [a]\n'],
    ['settings that may be anything', 'settings: {docker: {image: x}}\nsecrets: [a]\n'],
    ['a recipe of steps', 'steps: {ingest: {using: csv}}\nenvironment: {A: "{{a.b}}"}\n'],
    ['a stack', 'stack_name: s\ncomponents: {alerter: {flavor: f, t: "{{a.b}}"}}\n'],
    ['nothing of secrets', 'enable_cache: true\nsteps: {}\n'],
    ['no YAML', 'enable_cache: true\nsecrets: [a\n  b: {{\n'],
    ['nothing', ''],
  ])('is not %s', (_, text) => {
    expect(readConfigurationText(text)).toBeUndefined()
  })

  it.each([
    ['an indented key', 'jobs:\n  a:\n    steps:\n    secrets: inherit\n'],
    ['no secrets', 'enable_cache: true\n'],
  ])('is not opened for %s', (_, text) => {
    expect(runConfiguration.matchesText(text)).toBe(false)
  })

  it('shows an unquoted reference, and the key of a map', () => {
    const found = readConfigurationText('enable_cache: true\nenvironment:\n  A: {{a.b}}\n  "{{c.d}}": x\n')
    expect(attributesOf(found).map(row)).toEqual([
      'environment/A="{{a.b}}" 3:6-3:13 unquoted',
      'environment/{{c.d}}="{{c.d}}" 4:4-4:11 key',
      'environment/{{c.d}}="x" 4:14-4:15',
    ])
  })

  it('says what is broken beside what it could read', () => {
    const found = readConfigurationText('enable_cache: true\nsecrets: [a]\n---\nx: [\n')
    expect(secretRows(found)).toEqual(['a secrets-list 2:11-2:12 secrets'])
    expect(found?.problems).not.toEqual([])
  })

  it('is read without a crash whatever it holds, with places inside the text', () => {
    fc.assert(
      fc.property(brokenConfiguration, fc.boolean(), (text, begun) =>
        assertSound(`${begun ? 'run_name: r\n' : ''}${text}`),
      ),
      {
        numRuns: 2000,
      },
    )
  })

  it('gives every generated secret its place', () => {
    fc.assert(
      fc.property(soundConfiguration, ({ text, expected }) => {
        expect(secretRows(readConfigurationText(text))).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })
})
