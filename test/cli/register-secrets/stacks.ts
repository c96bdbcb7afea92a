export interface Attributes {
  readonly [attribute: string]: string
}

/** A stack of ZenML 0.22 with a local secrets manager, whose alerter and experiment tracker have these attributes. */
export function stackFile(name: string, tracker: Attributes, alerter: Attributes = {}): string {
  const lines = (attributes: Attributes) =>
    Object.entries(attributes).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`)
  const component = (type: string, [own, flavor]: readonly [string, string], attributes: Attributes = {}) =>
    [`  ${type}:\n    type: ${type}\n    name: ${own}\n    flavor: ${flavor}\n`, ...lines(attributes)].join('')
  return [
    `zenml_version: 0.22.0\nstack_name: ${name}\ncomponents:\n`,
    component('orchestrator', ['default', 'local']),
    component('artifact_store', ['default', 'local']),
    component('secrets_manager', ['local', 'local']),
    component('experiment_tracker', ['mlflow', 'mlflow'], { tracking_uri: 'https://mlflow.example', ...tracker }),
    ...(Object.keys(alerter).length > 0 ? [component('alerter', ['slack', 'slack'], alerter)] : []),
  ].join('')
}

/** Needs `mlf.password`, `mlf.user` and `slack.token`. */
export const prod = stackFile(
  'prod',
  { tracking_username: '{{mlf.user}}', tracking_password: '{{mlf.password}}' },
  { slack_token: '{{slack.token}}' },
)
