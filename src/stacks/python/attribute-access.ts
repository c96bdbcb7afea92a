import { lastPart, nameValue, type Value } from './value.ts'

/** Where a secret holds its values: today's responses, their body, and the secrets of secrets managers. */
const valueAttributes: ReadonlySet<string> = new Set(['secret_values', 'values', 'content'])

/** The value of `receiver.name`. A secret is proven to be ZenML's by the attribute that only its secrets have. */
export function attributeOf(receiver: Value, name: string): Value {
  switch (receiver.kind) {
    case 'secrets':
      return attributeOfSecret(receiver, name)
    case 'class':
      return receiver.names.lookUp(name) ?? nameValue('local', `${receiver.names.name}.${name}`)
    case 'name':
      return isManager(receiver.path, name) ? { kind: 'manager' } : nameValue(receiver.root, `${receiver.path}.${name}`)
    case 'client':
      return name === 'active_stack'
        ? nameValue('import', 'zenml.client.Client().active_stack')
        : { kind: 'method', receiver, name }
    case 'text':
      return name === 'value' ? receiver : { kind: 'method', receiver, name }
    default:
      return { kind: 'method', receiver, name }
  }
}

function attributeOfSecret(receiver: Extract<Value, { kind: 'secrets' }>, name: string): Value {
  if (receiver.part === 'values') return { kind: 'method', receiver, name }
  if (name === 'secret_values') for (const use of receiver.uses) use.isSure = true
  if (valueAttributes.has(name)) return { ...receiver, part: 'values' }
  return name === 'body' ? receiver : { kind: 'method', receiver, name }
}

function isManager(path: string, name: string): boolean {
  const last = lastPart(path)
  return name === 'secrets_manager' && (last === 'stack' || last === 'active_stack')
}
