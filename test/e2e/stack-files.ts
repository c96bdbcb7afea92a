/** Text of a stack as ZenML 0.22 exports it, with a Slack alerter whose configuration this is. */
export function stackFile(name: string, configuration: Readonly<Record<string, unknown>>): string {
  const stack = {
    components: {
      alerter: { configuration, flavor: 'slack', name: 'slk', type: 'alerter' },
      orchestrator: { configuration: {}, flavor: 'local', name: 'default', type: 'orchestrator' },
      secrets_manager: { configuration: {}, flavor: 'local', name: 'sm', type: 'secrets_manager' },
    },
    stack_name: name,
    zenml_version: '0.22.0',
  }
  return `${JSON.stringify(stack, undefined, 2)}\n`
}

/** Text of a local secrets file as ZenML 0.22 writes it. */
export function secretsFile(secrets: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const stored = Object.entries(secrets).map(([name, values]) => {
    const keys = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')])
    return [name, { ...Object.fromEntries(keys), zenml_schema_name: 'arbitrary' }]
  })
  return `${JSON.stringify(Object.fromEntries(stored), undefined, 2)}\n`
}
