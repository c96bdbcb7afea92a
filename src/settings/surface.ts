import { type Format, formats, type ReferenceFormat, referenceFormats } from '../reports/formats.ts'
import type { SurfaceName } from './option.ts'
import type { OptionName } from './options.ts'

/** What differs between the places options can be given at. */
export interface Surface<F extends string> {
  readonly name: SurfaceName
  /** Formats `format` takes. */
  readonly formats: readonly F[]
  /** Paths outside the working directory are refused, and messages do not tell which secrets exist. */
  readonly confined: boolean
  /** How messages call an option, such as `--level`. */
  label(option: OptionName): string
}

export const checkSurface: Surface<Format> = { name: 'check', formats, confined: false, label: flag }

export const referencesSurface: Surface<ReferenceFormat> = {
  name: 'references',
  formats: referenceFormats,
  confined: false,
  label: flag,
}

export const actionSurface: Surface<never> = {
  name: 'action',
  formats: [],
  confined: true,
  label: option => `The input ${option}`,
}

function flag(option: OptionName): string {
  return option === 'paths' ? 'PATH' : `--${option}`
}
