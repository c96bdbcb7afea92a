import { describe, expect, it } from 'vitest'
import type { Component } from '../../src/stacks/stack.ts'
import { sourceText } from '../../src/text/source.ts'
import { collectUses } from '../../src/validation/collect.ts'
import { at, component, file, stackName as stack } from './stack-file.ts'

const source = sourceText('stack.yaml', 'secrets_manager:\n  name: sm\n  token: hunter2\n')
const manager: Component = {
  ...component([]),
  type: 'secrets_manager',
  name: 'sm',
  flavor: 'local',
  place: at(2, 9, 11),
}
const remote = (
  type: string,
  flavor: string | undefined,
  switches: Readonly<Record<string, boolean>> = {},
): Component => {
  const attributes = Object.entries(switches).map(([name, value]) => ({ path: [name], value, place: at(1, 1, 1) }))
  return { ...component(attributes), type, name: 'remote', flavor }
}

function findingsOf(...components: readonly Component[]) {
  return collectUses(file(source, components, { zenmlVersion: '0.22.0' })).flatMap(({ findings }) => findings)
}

const finding = {
  kind: 'local-secrets-remote-orchestrator',
  place: at(2, 9, 11),
  excerpt: { before: '  name: ', marked: 'sm', after: '' },
  stack,
  component: { type: 'secrets_manager', name: 'sm', flavor: 'local' },
  secretsManager: 'sm',
}

describe('a local secrets manager', () => {
  it.each([
    ['kubeflow', {}, true],
    ['kubeflow', { skip_local_validations: false }, true],
    ['kubeflow', { skip_local_validations: true }, false],
    ['kubernetes', {}, true],
    ['tekton', {}, true],
    ['vertex', {}, true],
    ['vertex', { skip_local_validations: true }, true],
    ['github', {}, true],
    ['airflow', { local: false }, true],
  ])('with the orchestrator %s %j: ZenML refuses the stack: %s', (flavor, switches, refused) => {
    expect(findingsOf(remote('orchestrator', flavor, switches), manager)).toEqual([
      { ...finding, remote: flavor, remoteType: 'orchestrator', refused },
    ])
  })

  it.each(['sagemaker', 'vertex', 'azureml', 'spark'])('with the step operator %s fails at run time only', flavor => {
    expect(findingsOf(manager, remote('step_operator', flavor))).toEqual([
      { ...finding, remote: flavor, remoteType: 'step_operator', refused: false },
    ])
  })

  it.each([
    ['orchestrator', 'local', {}],
    ['orchestrator', 'local_docker', {}],
    ['orchestrator', 'airflow', {}],
    ['orchestrator', 'own', {}],
    ['orchestrator', undefined, {}],
    ['model_deployer', 'kubeflow', {}],
  ])('says nothing with the %s %s %j', (type, flavor, switches) => {
    expect(findingsOf(manager, remote(type, flavor, switches))).toEqual([])
  })

  it('is told once for each remote component', () => {
    const found = findingsOf(manager, remote('orchestrator', 'vertex'), remote('step_operator', 'vertex'))
    expect(found).toMatchObject([{ remoteType: 'orchestrator' }, { remoteType: 'step_operator' }])
  })

  it('without a name shows none of its lines', () => {
    const unnamed = { ...manager, name: undefined, place: at(2, 3, 17, 3) }
    expect(findingsOf(unnamed, remote('orchestrator', 'vertex'))).toMatchObject([
      { secretsManager: undefined, place: at(2, 3, 17, 3), excerpt: undefined },
    ])
  })

  it.each(['aws', 'vault', undefined])('is not one of flavor %s', flavor => {
    expect(findingsOf({ ...manager, flavor }, remote('orchestrator', 'vertex'))).toEqual([])
  })
})
