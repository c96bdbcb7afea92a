/**
 * What becomes of a stack whose secrets live on one machine, a local secrets manager's. `refuses`: ZenML's own check
 * refuses the stack. `fails-at-run`: ZenML accepts it and the run finds no secret. `local`: it runs on that machine.
 */
export type LocalSecretsOutcome = 'refuses' | 'fails-at-run' | 'local'

/** Attributes by name, with the values a stack file gives them. */
export type AttributeValues = ReadonlyMap<string, string | number | boolean | null>

interface Rule {
  readonly outcome: LocalSecretsOutcome
  /** A switch of the component that changes the outcome when it is set to `value`. */
  readonly unless?: { readonly attribute: string; readonly value: boolean; readonly outcome: LocalSecretsOutcome }
}

/** Skipping ZenML's check does not bring the secrets to where the steps run. */
const skippable: Rule = {
  outcome: 'refuses',
  unless: { attribute: 'skip_local_validations', value: true, outcome: 'fails-at-run' },
}

/**
 * The checks of ZenML 0.22, each of them its orchestrator's own; tekton and kubernetes got their switch by 0.34. Step
 * operators check the artifact store and the container registry only.
 */
const rules: ReadonlyMap<string, Rule> = new Map([
  ['orchestrator local', { outcome: 'local' }],
  ['orchestrator local_docker', { outcome: 'local' }],
  ['orchestrator airflow', { outcome: 'local', unless: { attribute: 'local', value: false, outcome: 'refuses' } }],
  ['orchestrator kubeflow', skippable],
  ['orchestrator kubernetes', skippable],
  ['orchestrator tekton', skippable],
  ['orchestrator vertex', { outcome: 'refuses' }],
  ['orchestrator github', { outcome: 'refuses' }],
  ['step_operator azureml', { outcome: 'fails-at-run' }],
  ['step_operator sagemaker', { outcome: 'fails-at-run' }],
  ['step_operator spark', { outcome: 'fails-at-run' }],
  ['step_operator spark-kubernetes', { outcome: 'fails-at-run' }],
  ['step_operator vertex', { outcome: 'fails-at-run' }],
])

/**
 * How an orchestrator or step operator of ZenML before 0.53 takes to a local secrets manager; `undefined` for a flavor
 * about which nothing is known and for components of other types.
 */
export function outcomeOfLocalSecrets(
  type: string,
  flavor: string,
  attributes: AttributeValues,
): LocalSecretsOutcome | undefined {
  const rule = rules.get(`${type} ${flavor}`)
  if (!rule?.unless) return rule?.outcome
  const { attribute, value, outcome } = rule.unless
  return booleanOf(attributes.get(attribute)) === value ? outcome : rule.outcome
}

const trueWords: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', 'on', '1'])
const falseWords: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', 'off', '0'])

/** The words ZenML's own model takes for a boolean, in any case; `undefined` for anything else. */
function booleanOf(value: string | number | boolean | null | undefined): boolean | undefined {
  const word = String(value).toLowerCase()
  if (trueWords.has(word)) return true
  return falseWords.has(word) ? false : undefined
}
