import { describe, expect, it } from 'vitest'
import { plainValue, taggedValue } from '../../src/yaml/scalar-value.ts'

// Each row is what PyYAML 6.0.3 gives.
const rows: readonly (readonly [string, string | number | boolean | null])[] = [
  ['yes', true],
  ['Yes', true],
  ['YES', true],
  ['yEs', 'yEs'],
  ['no', false],
  ['on', true],
  ['Off', false],
  ['y', 'y'],
  ['n', 'n'],
  ['true', true],
  ['True', true],
  ['tRue', 'tRue'],
  ['FALSE', false],
  ['', null],
  ['~', null],
  ['null', null],
  ['NULL', null],
  ['nULL', 'nULL'],
  ['None', 'None'],
  ['1', 1],
  ['-1', -1],
  ['+1', 1],
  ['1_000', 1000],
  ['_1', '_1'],
  ['1__0', 10],
  ['0', 0],
  ['010', 8],
  ['-010', -8],
  ['08', '08'],
  ['0o7', '0o7'],
  ['0x1F', 31],
  ['-0x1f', -31],
  ['0b11', 3],
  ['0b12', '0b12'],
  ['1:30', 90],
  ['-1:30', -90],
  ['1:60', '1:60'],
  ['0:30', '0:30'],
  ['1:30.5', 90.5],
  ['190:20:30', 685230],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', '-.5'],
  ['+.5', '+.5'],
  ['1e3', '1e3'],
  ['1.0e+3', 1000],
  ['1.0e3', '1.0e3'],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['.NaN', Number.NaN],
  ['nan', 'nan'],
  ['0.30', 0.3],
  ['0.22.0', '0.22.0'],
  ['.', '.'],
  ['-', '-'],
  ['2020-01-01', '2020-01-01'],
  ['12345678901234567890', 1.2345678901234567e19],
  ['{{a.b}}', '{{a.b}}'],
  ['<<', '<<'],
  ['=', '='],
]

describe('plainValue', () => {
  it.each(rows)('reads %j as %j', (text, value) => {
    expect(plainValue(text)).toBe(value)
  })

  it('takes a number too long to be one for a text', () => {
    expect(plainValue('1'.repeat(101))).toBe('1'.repeat(101))
  })
})

describe('taggedValue', () => {
  it.each([
    ['yes', 'tag:yaml.org,2002:bool', true],
    ['5', 'tag:yaml.org,2002:int', 5],
    ['5', 'tag:yaml.org,2002:str', '5'],
    ['5', '!', '5'],
    ['5', '!mine', '5'],
    ['', 'tag:yaml.org,2002:null', null],
    ['', 'tag:yaml.org,2002:str', ''],
  ])('reads %j with tag %s as %j', (text, tag, value) => {
    expect(taggedValue(text, tag)).toBe(value)
  })
})
