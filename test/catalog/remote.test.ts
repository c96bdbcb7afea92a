import { describe, expect, it } from 'vitest'
import { type AttributeValues, outcomeOfLocalSecrets } from '../../src/catalog/remote.ts'

const none: AttributeValues = new Map()

describe('outcomeOfLocalSecrets', () => {
  it.each([
    ['orchestrator', 'local', 'local'],
    ['orchestrator', 'local_docker', 'local'],
    ['orchestrator', 'airflow', 'local'],
    ['orchestrator', 'kubeflow', 'refuses'],
    ['orchestrator', 'vertex', 'refuses'],
    ['orchestrator', 'tekton', 'refuses'],
    ['orchestrator', 'kubernetes', 'refuses'],
    ['orchestrator', 'github', 'refuses'],
    ['step_operator', 'sagemaker', 'fails-at-run'],
    ['step_operator', 'vertex', 'fails-at-run'],
    ['step_operator', 'azureml', 'fails-at-run'],
    ['step_operator', 'spark', 'fails-at-run'],
    ['step_operator', 'spark-kubernetes', 'fails-at-run'],
  ])('says of the %s %s: %s', (type, flavor, outcome) => {
    expect(outcomeOfLocalSecrets(type, flavor, none)).toBe(outcome)
  })

  it.each([
    ['orchestrator', 'of_my_own'],
    ['orchestrator', 'sagemaker'],
    ['orchestrator', 'constructor'],
    ['step_operator', 'local'],
    ['artifact_store', 'local'],
    ['__proto__', 'toString'],
    ['', ''],
  ])('knows nothing of the %j %j', (type, flavor) => {
    expect(outcomeOfLocalSecrets(type, flavor, none)).toBeUndefined()
  })

  it.each([
    ['kubeflow', 'skip_local_validations', true, 'fails-at-run'],
    ['kubernetes', 'skip_local_validations', true, 'fails-at-run'],
    ['tekton', 'skip_local_validations', true, 'fails-at-run'],
    ['kubeflow', 'skip_local_validations', false, 'refuses'],
    ['kubeflow', 'skip_local_validations', 'True', 'fails-at-run'],
    ['kubeflow', 'skip_local_validations', 'yes', 'fails-at-run'],
    ['kubeflow', 'skip_local_validations', 1, 'fails-at-run'],
    ['kubeflow', 'skip_local_validations', null, 'refuses'],
    ['kubeflow', 'skip_local_validations', '{{a.b}}', 'refuses'],
    ['vertex', 'skip_local_validations', true, 'refuses'],
    ['github', 'skip_local_validations', true, 'refuses'],
    ['airflow', 'local', false, 'refuses'],
    ['airflow', 'local', 'off', 'refuses'],
    ['airflow', 'local', 0, 'refuses'],
    ['airflow', 'local', true, 'local'],
    ['airflow', 'local', null, 'local'],
    ['local', 'local', false, 'local'],
  ])('says of the orchestrator %s with %s: %j: %s', (flavor, attribute, value, outcome) => {
    expect(outcomeOfLocalSecrets('orchestrator', flavor, new Map([[attribute, value]]))).toBe(outcome)
  })
})
