import { awsOptionRows } from '../backends/aws/options.ts'
import { azureOptionRows } from '../backends/azure/options.ts'
import { backendNames } from '../backends/backend.ts'
import { gcpOptionRows } from '../backends/gcp/options.ts'
import { githubOptionRows } from '../backends/github/options.ts'
import { localOptionRows } from '../backends/local/options.ts'
import { scopeOptionRows } from '../backends/secrets-manager/options.ts'
import { vaultOptionRows } from '../backends/vault/options.ts'
import { zenmlOptionRows } from '../backends/zenml/options.ts'
import { defaultLevel, levels } from '../validation/level.ts'
import type { Option, SurfaceName } from './option.ts'
import { outputOptionRows } from './output-options.ts'

/** Every option there is. A flag and an input are spelt as the key is. */
export const options = {
  paths: {
    description: 'Files, directories or globs to look at; by default every file git lists below the working directory.',
    group: 'selection',
    type: 'path',
    placeholder: 'PATH',
    list: true,
    default: undefined,
    environment: [],
    surfaces: ['check', 'references', 'action'],
  },
  exclude: {
    description: 'Globs of files to leave out; a file named by its path is looked at all the same.',
    group: 'selection',
    type: 'path',
    placeholder: 'GLOB',
    list: true,
    default: undefined,
    environment: [],
    surfaces: ['check', 'references', 'action'],
  },
  stack: {
    description: 'Name of a stack registered on the ZenML server to look at; without paths, no file is.',
    group: 'selection',
    type: 'text',
    placeholder: 'NAME',
    list: true,
    default: undefined,
    environment: [],
    surfaces: ['check', 'references'],
  },
  stacks: {
    description: 'Names of stacks registered on the ZenML server to look at; without paths, no file is.',
    group: 'selection',
    type: 'text',
    placeholder: 'NAME',
    list: true,
    default: undefined,
    environment: [],
    surfaces: ['action'],
  },
  'zenml-version': {
    description: 'Version of ZenML the stacks are for, instead of what their files say.',
    group: 'selection',
    type: 'version',
    placeholder: 'VERSION',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'references', 'action'],
  },
  docs: {
    description: 'Look up what documentation and tests need too, which is only listed otherwise.',
    group: 'selection',
    type: 'flag',
    placeholder: '',
    list: false,
    default: 'false',
    environment: [],
    surfaces: ['check', 'references'],
  },
  level: {
    description: "How much is looked up, in ZenML's own words.",
    group: 'selection',
    type: 'choice',
    choices: levels,
    placeholder: 'LEVEL',
    list: false,
    default: defaultLevel,
    environment: ['ZENML_SECRET_VALIDATION_LEVEL'],
    surfaces: ['check', 'action'],
  },
  static: {
    description: 'Report what the files alone show, and ask no backend.',
    group: 'selection',
    type: 'flag',
    placeholder: '',
    list: false,
    default: 'false',
    environment: [],
    surfaces: ['check'],
  },
  backend: {
    description:
      'Where to look secrets up; auto takes the secrets file, else the secrets manager of each stack, else the options given.',
    group: 'backend',
    type: 'choice',
    choices: ['auto', ...backendNames],
    placeholder: 'NAME',
    list: false,
    default: 'auto',
    environment: [],
    surfaces: ['check', 'action'],
  },
  ...localOptionRows,
  ...zenmlOptionRows,
  ...awsOptionRows,
  ...gcpOptionRows,
  ...azureOptionRows,
  ...vaultOptionRows,
  ...githubOptionRows,
  ...scopeOptionRows,
  timeout: {
    description: 'Seconds the whole run may take; what was not answered by then is unverified.',
    group: 'backend',
    type: 'seconds',
    placeholder: 'SECONDS',
    list: false,
    default: '120',
    environment: [],
    surfaces: ['check', 'action'],
  },
  'fail-on': {
    description: 'The least severe finding that fails the run.',
    group: 'policy',
    type: 'choice',
    choices: ['error', 'warning', 'never'],
    placeholder: 'SEVERITY',
    list: false,
    default: 'error',
    environment: [],
    surfaces: ['check', 'action'],
  },
  'on-unverified': {
    description: 'What follows when a backend gives no answer about a secret.',
    group: 'policy',
    type: 'choice',
    choices: ['fail', 'warn'],
    placeholder: 'WHAT',
    list: false,
    default: 'fail',
    environment: [],
    surfaces: ['check', 'action'],
  },
  ...outputOptionRows,
} as const satisfies Readonly<Record<string, Option>>

type Options = typeof options
export type OptionName = keyof Options

/** What each option comes to: its value, its default, or for an option the surface does not have, its default too. */
export type OptionValues = {
  readonly [Name in OptionName]: Options[Name]['list'] extends true
    ? readonly ValueOf<Options[Name]>[]
    : Options[Name]['default'] extends string
      ? ValueOf<Options[Name]>
      : ValueOf<Options[Name]> | undefined
}

type ValueOf<Row> = Row extends { readonly type: 'choice'; readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Row extends { readonly type: 'boolean' | 'flag' }
    ? boolean
    : Row extends { readonly type: 'seconds' }
      ? number
      : string

/** The options of one surface, in the order of the table. */
export function optionsOf(surface: SurfaceName): ReadonlyMap<OptionName, Option> {
  const rows = Object.entries(options) as [OptionName, Option][]
  return new Map(rows.filter(([, option]) => option.surfaces.includes(surface)))
}
