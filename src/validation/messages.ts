import { formatReference } from '../references/grammar.ts'
import { displayable, quoted } from '../text/displayable.ts'
import type { Creation, Finding, FindingKind, FindingOf } from './finding.ts'
import type { ComponentId } from './use.ts'

/** What every surface prints about one finding. Both are safe to print on one line. */
export interface Message {
  /** What is wrong. */
  readonly message: string
  /** What to do. */
  readonly help: string
}

export function messageOf(finding: Finding): Message {
  return describe[finding.kind](finding as never)
}

type Describe = { readonly [Kind in FindingKind]: (finding: FindingOf<Kind>) => Message }

const longestAddress = 500

const registers = 'Registering, updating, importing or copying this stack fails too, at every level.'

const describe: Describe = {
  'missing-secret': finding => ({
    message: `The secret ${quoted(finding.secret)} does not exist in ${displayable(finding.backend)}${
      finding.mayBeHidden ? ', or is not visible to this identity' : ''
    }${wanted(finding)}.${finding.breaksRegistration ? ` ${registers}` : ''}`,
    help: didYouMean(finding.suggestions, registerSecret(finding)),
  }),
  'missing-key': finding => ({
    message: `The secret ${quoted(finding.secret)} exists in ${displayable(finding.backend)}, but has no key ${quoted(
      finding.key,
    )}${wanted(finding)}.${finding.breaksRegistration ? ` ${registers}` : ''}`,
    help: didYouMean(
      finding.suggestions,
      `Add the key ${quoted(finding.key)} to the secret, or correct the reference.`,
    ),
  }),
  'case-mismatch': finding => ({
    message: `The secret ${quoted(finding.secret)} exists in ${displayable(finding.backend)} only as ${quoted(
      finding.spelling,
    )}. Such a reference resolves on a server with a MySQL or MariaDB database and nowhere else.`,
    help: `Write ${quoted(finding.spelling)} in the reference.`,
  }),
  'unreferenceable-secret': finding => ({
    message: `The secret ${quoted(finding.secret)} does not exist in ${displayable(finding.backend)}; ${quoted(
      finding.meant,
    )} does, but a name with a dot or a blank can never be referenced.`,
    help: `Register the secret again under a name without dots and blanks, and reference that.`,
  }),
  'unusable-secret': finding => ({
    message: `The secret ${quoted(finding.secret)} exists in ${displayable(finding.backend)}, but ZenML cannot use it. ${capital(reason(finding.reason))}`,
    help: 'Restore the secret, or register it again.',
  }),
  'access-denied': finding => ({
    message: `Whether the secret ${quoted(finding.secret)} exists in ${displayable(finding.backend)} is unknown: access was denied. ${reason(finding.reason)}`,
    help: 'Grant the identity of this run read access, or run the check where it has it.',
  }),
  unverified: finding => ({
    message: `Whether the secret ${quoted(finding.secret)} exists in ${displayable(finding.backend)} is unknown. ${reason(finding.reason)}`,
    help: 'Fix what kept the backend from answering and run the check again; nothing was concluded about this secret.',
  }),
  'illegal-name': finding => ({
    message: `${capital(displayable(finding.backend))} cannot hold a secret called ${quoted(finding.secret)}. ${capital(reason(finding.reason))}`,
    help: 'Rename the secret to what the backend allows, here and where it is registered.',
  }),
  'no-backend': finding =>
    finding.reason === 'no-secrets-manager'
      ? {
          message: `The stack${named(finding.stack)} needs ${count(finding.uses, 'secret value')}, but it has no secrets manager.`,
          help: 'Add a secrets manager to the stack, or choose a backend with --backend if its secrets live elsewhere.',
        }
      : {
          message: `${finding.reason === 'outside-stacks' ? 'This file' : `The stack${named(finding.stack)}`} needs ${count(finding.uses, 'secret value')}${
            finding.reason === 'outside-stacks' ? ' outside any stack' : ''
          }, and nothing says where its secrets live.`,
          help: 'Name the backend: --secrets-file FILE for a local secrets file, or --backend and its options.',
        },
  'malformed-reference': finding => ({
    message: `${quoted(finding.text)} looks like a secret reference, but ZenML would pass it on as plain text. ${finding.problem}`,
    help: meantHelp(finding.meant, 'Write it as {{secret.key}}: two braces on each side, one name, a dot, one key.'),
  }),
  'padded-reference': finding => ({
    message: `${quoted(finding.text)} is no reference for this version of ZenML. ${finding.problem}`,
    help: meantHelp(finding.meant, 'Write it without blanks inside the braces.'),
  }),
  'embedded-reference': finding => ({
    message: `${quoted(finding.text)} is not the whole value, so ZenML passes it on as it stands. ${finding.problem}`,
    help: meantHelp(finding.meant, 'Put the whole text into one key of a secret and reference that key alone.'),
  }),
  'nested-reference': finding => ({
    message: `${quoted(finding.text)} stands inside a list or map, where ZenML never resolves a reference: it is passed on as it stands.`,
    help: 'Use a top-level attribute of the component, or set the value in code after reading the secret.',
  }),
  'unquoted-reference': finding => ({
    message: `${quoted(finding.text)} has no quotes: YAML reads two braces as a map, and ZenML refuses the file.`,
    help: `Put it in quotes: '${displayable(finding.text)}'.`,
  }),
  'reference-not-allowed': finding => notAllowed[finding.because](finding),
  'plaintext-secret': finding =>
    finding.isNested
      ? {
          message: `${quoted(finding.attribute ?? '')}${of(finding.component)} is called like a secret, and holds its value in plain text.`,
          help: 'Change the value, for it is in the history, and hand it over by a list of secrets or in code: ZenML resolves no reference inside a list or map.',
        }
      : {
          message: `The sensitive attribute ${quoted(finding.attribute ?? '')}${of(finding.component)} holds its value in plain text.`,
          help: 'Register the value as a secret, write a reference to it here, and change the value: it is in the history.',
        },
  'reference-as-secret-name': finding => ({
    message: `${quoted(finding.attribute ?? '')}${of(finding.component)} expects the name of a secret. ${quoted(finding.text)} resolves to a value, which ZenML then takes for that name: whether such a secret exists cannot be checked.`,
    help: 'Write the name of the secret without braces and without a key.',
  }),
  'definition-mismatch': finding => ({
    message: `The secret ${quoted(finding.secret)} is created in ${createdAt(finding.createdIn)} ${keysText(finding.keys)}, but the key ${quoted(finding.key)} is asked for.`,
    help: didYouMean(
      finding.suggestions,
      `Add the key ${quoted(finding.key)} where the secret is created, or correct the key here.`,
    ),
  }),
  'local-secrets-remote-orchestrator': finding => ({
    message: `The local secrets manager${named(finding.secretsManager)} keeps its secrets on one machine, which the remote ${
      finding.remoteType === 'orchestrator' ? 'orchestrator' : 'step operator'
    } ${quoted(finding.remote)} cannot read. ${
      finding.refused ? 'ZenML refuses such a stack.' : 'ZenML accepts the stack, and its runs find no secret.'
    }`,
    help: 'Use a secrets manager that the orchestrator can reach, or a local orchestrator.',
  }),
  'unreadable-file': finding => ({
    message: `The file could not be read. ${finding.problem}`,
    help: 'Correct the file, or leave it out with --exclude.',
  }),
  'unreadable-stack': finding => ({
    message: `What ${
      finding.stack === undefined
        ? 'the code repositories on the server need is not known: they'
        : `the registered stack ${quoted(finding.stack)} needs is not known: ${
            finding.unread === undefined ? 'it' : `its component ${quoted(finding.unread)}`
          }`
    } could not be read. ${reason(finding.reason)}`,
    help: 'Fix what kept the server from answering and run the check again; nothing was concluded about what it needs.',
  }),
  'untrusted-endpoint': finding => ({
    message: `The stack names ${quoted(finding.address, longestAddress)} as the place of its secrets, which is not followed: ${
      finding.backend === undefined ? 'nobody was asked' : `${displayable(finding.backend)} was asked instead`
    }.`,
    help:
      finding.backend === undefined
        ? `If the place is yours, give it as ${finding.option}.`
        : `Correct the stack or the option ${finding.option}, whichever is wrong.`,
  }),
}

type NotAllowed = FindingOf<'reference-not-allowed'>

const notAllowed: Readonly<Record<NotAllowed['because'], (finding: NotAllowed) => Message>> = {
  name: finding => ({
    message: `The name ${quoted(finding.text)} of a component is a secret reference, which ZenML refuses.`,
    help: 'Give the component a name without braces.',
  }),
  'secrets-manager': finding => ({
    message: `${quoted(finding.text)} configures a secrets manager, which ZenML refuses: it cannot read its own settings from itself.`,
    help: 'Write the value itself here.',
  }),
  validator: finding => ({
    message: `ZenML refuses a reference in the attribute ${quoted(finding.attribute ?? '')}${of(finding.component)}, because it has to check the value.`,
    help: 'Write the value itself here; it is no secret to ZenML.',
  }),
  type: finding => ({
    message: `ZenML refuses a reference in the attribute ${quoted(finding.attribute ?? '')}${of(finding.component)}, because it does not hold text.`,
    help: 'Write the value itself here.',
  }),
  'cli-option': finding => ({
    message: `ZenML's commands take --secret for an option that attaches a secret by its name: they look for a secret called ${quoted(finding.text)} and fail.`,
    help: 'Write the name of the secret without braces and key, or set the attribute in a stack file or in Terraform.',
  }),
}

function wanted({
  component,
  attribute,
}: {
  component?: ComponentId | undefined
  attribute?: string | undefined
}): string {
  if (!component || attribute === undefined) return ''
  return `, and ${quoted(attribute)}${of(component)} needs it`
}

function of(component: ComponentId | undefined): string {
  if (!component) return ''
  const type = displayable(component.type).replaceAll('_', ' ')
  return ` of the ${type}${named(component.name)}`
}

function named(name: string | undefined): string {
  return name === undefined ? '' : ` ${quoted(name)}`
}

function didYouMean(suggestions: readonly string[], otherwise: string): string {
  const [first, ...others] = suggestions.map(name => quoted(name))
  if (first === undefined) return otherwise
  const choice = others.length > 0 ? `${[first, ...others.slice(0, -1)].join(', ')} or ${others.at(-1)}` : first
  return `Did you mean ${choice}? If not: ${otherwise.slice(0, 1).toLowerCase()}${otherwise.slice(1)}`
}

function registerSecret({ secret, key, createdIn, component }: FindingOf<'missing-secret'>): string {
  if (createdIn) return `Run what creates it, ${createdAt(createdIn)}, or correct the name.`
  return createSecret(secret, key, component !== undefined)
}

const longestPath = 300

function createdAt({ file, line }: Creation): string {
  return `${displayable(file, longestPath)}:${line}`
}

const mostKeys = 8

/** `with the keys "a" and "b"`; of many keys only the first. */
function keysText(keys: readonly string[]): string {
  const shown = keys.slice(0, mostKeys).map(key => quoted(key))
  if (keys.length > shown.length) shown.push(`${keys.length - shown.length} more`)
  if (shown.length === 0) return 'without any key'
  return `with the ${shown.length > 1 ? `keys ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : `key ${shown[0]}`}`
}

/** Only a component's attribute holds a reference; a program names secret and key apart. */
function createSecret(secret: string, key: string | null, isReference: boolean): string {
  const what = key === null ? 'it' : `it with the key ${quoted(key)}`
  return `Register ${what}, or correct the ${key === null || !isReference ? 'name' : `reference ${quoted(formatReference({ secret, key }))}`}.`
}

function meantHelp(meant: string | undefined, otherwise: string): string {
  return meant === undefined ? otherwise : `Write ${quoted(meant)}.`
}

function reason(text: string): string {
  const sentence = displayable(text, 600)
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
