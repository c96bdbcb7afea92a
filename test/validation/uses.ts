import type { SecretUse } from '../../src/validation/use.ts'
import { at, stackName, tracker } from './stack-file.ts'

type Part<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] }

/** `{{db.password}}` in an attribute of the tracker. */
export function use(parts: Part<SecretUse> = {}): SecretUse {
  return { secret: 'db', key: 'password', via: 'reference', breaksRegistration: false, ...where, ...parts }
}

/** Where that stands: what its findings share with it. */
export const where = {
  place: at(4, 9, 24),
  excerpt: { before: "  token: '", marked: '{{db.password}}', after: "'" },
  stack: stackName,
  component: tracker,
  attribute: 'tracking_password',
}
