import { scopes } from './scope.ts'

/** Flags and inputs that say which secrets of a service are ZenML's, where the stack file does not. */
export const scopeOptionRows = {
  scope: {
    description:
      "Scope of the secrets manager, in ZenML's own words, where the stack file does not say it; component by default.",
    group: 'backend',
    type: 'choice',
    choices: scopes,
    placeholder: 'SCOPE',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
  'scope-namespace': {
    description: 'Namespace of the secrets manager, for the scope namespace.',
    group: 'backend',
    type: 'text',
    placeholder: 'NAME',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
} as const
