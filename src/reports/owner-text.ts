import { displayable, quoted } from '../text/displayable.ts'
import type { ComponentId, Owner } from '../validation/use.ts'

/** `stack "prod", experiment_tracker "mlf" (mlflow), tracking_password`, or `undefined` where nothing is known. */
export function ownerText({ stack, component, attribute }: Owner): string | undefined {
  const parts = [
    stack === undefined ? '' : `stack ${quoted(stack)}`,
    component ? componentText(component) : '',
    displayable(attribute ?? ''),
  ].filter(part => part !== '')
  return parts.length > 0 ? parts.join(', ') : undefined
}

/** `experiment_tracker "mlf" (mlflow)`. */
export function componentText({ type, name, flavor }: ComponentId): string {
  const named = name === undefined ? displayable(type) : `${displayable(type)} ${quoted(name)}`
  return flavor === undefined ? named : `${named} (${displayable(flavor)})`
}
