/** Where an option can be given: as a flag of one of the two commands, or as an input of the action. */
export type SurfaceName = 'check' | 'references' | 'action'

/** Headings options stand under, in help and in documentation. */
export const optionGroups = {
  selection: 'What to check',
  backend: 'Where secrets live',
  policy: 'What fails a run',
  output: 'Output',
  github: 'On GitHub',
} as const
export type OptionGroup = keyof typeof optionGroups

interface OptionRow {
  /** One sentence. */
  readonly description: string
  readonly group: OptionGroup
  /** What a value is called in help. */
  readonly placeholder: string
  /** Several values: a repeated flag, or an input of one value a line. */
  readonly list: boolean
  /** As a user would write it. `undefined`: nothing, or for a list an empty one. */
  readonly default: string | undefined
  /** Variables that stand in, in this order, where neither flag nor input is given. */
  readonly environment: readonly string[]
  readonly surfaces: readonly SurfaceName[]
}

export interface ChoiceOption extends OptionRow {
  readonly type: 'choice'
  readonly choices: readonly string[]
}

/**
 * `text`: one line. `path`: a path or glob as given, any characters but NUL. `file`: a path, made absolute.
 * `boolean`: `true` or `false`. `flag`: the same, but given without a value. `seconds`: a whole number from 1 to 3600.
 * `output`: a format, or `FORMAT=FILE`. `token`: a credential, which no message ever quotes.
 */
export interface PlainOption extends OptionRow {
  readonly type: 'text' | 'path' | 'file' | 'boolean' | 'flag' | 'seconds' | 'uuid' | 'version' | 'output' | 'token'
}

export type Option = ChoiceOption | PlainOption
