// biome-ignore-all lint/suspicious/noTemplateCurlyInString: braces of other programs are what is tested.
import { describe, expect, it } from 'vitest'
import { templatedReference } from '../../src/validation/templated.ts'

describe('a reference that a program fills in', () => {
  it.each([
    ['{{$NAME.key}}', '$NAME', 'key'],
    ['{{${NAME}.key}}', '${NAME}', 'key'],
    ['{{ ${var.name}.client_id }}', '${var.name}', 'client_id'],
    ['{{$(secret.name).a.b}}', '$(secret.name)', 'a.b'],
    ['{{{{{secret.name}.password}}}}', '{secret.name}', 'password'],
    ['{{$REFERENCE}}', '$REFERENCE', null],
    ['{{.key}}', '.key', null],
  ])('%s names %s and %s', (value, secret, key) => {
    expect(templatedReference(value)).toEqual({ secret, key })
  })

  it.each(['$NAME', '{{}}', '{{ }}', '{{', '{{}', 'x{{$A.b}}', '{{$A.b}} '])('%j shows none', value => {
    expect(templatedReference(value)).toBeUndefined()
  })
})
