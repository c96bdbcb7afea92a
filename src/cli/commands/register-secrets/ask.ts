import type { SecretValues } from '../../../backends/secret-store.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import type { JudgedUse } from '../../../validation/use.ts'
import { expandArgument } from '../../file-argument.ts'
import type { Io } from '../../io.ts'
import { confirm, promptHidden, promptText } from '../../prompts.ts'
import { keyProblem } from '../../secret-names.ts'
import { asksForKeys, type Values } from './given.ts'
import type { Question, Target } from './targets.ts'

const instead =
  'Give the values in a file with --values, or in the environment with --from-env; --skip-existing leaves alone what is there.'

/** Asks for every value, hidden, secret by secret; nothing is written meanwhile. */
export async function askValues(targets: readonly Target[], io: Io): Promise<Values> {
  const values = new Map<Target, SecretValues>()
  for (const target of targets) values.set(target, await askTarget(target, io))
  return values
}

async function askTarget(target: Target, io: Io): Promise<SecretValues> {
  const { secret, questions, users, session } = target
  if (asksForKeys(target)) {
    io.stderr.write(`${neededBy(`The secret ${quoted(secret)}`, users)}; nothing says which keys it has.\n`)
    return askPairs(secret, io)
  }
  io.stderr.write(`Secret ${quoted(secret)} in ${displayable(session.store.description)}:\n`)
  const values = new Map<string, string>()
  for (const question of questions) {
    io.stderr.write(`${neededBy(`  ${quoted(question.key)}`, question.users)}.\n`)
    const value = await askValue(secret, question, io)
    if (value !== '' && value !== target.stored?.values.get(question.key)) values.set(question.key, value)
  }
  return values
}

/** ZenML's questions, in its words. */
async function askValue(secret: string, { key, isRequired }: Pick<Question, 'key' | 'isRequired'>, io: Io) {
  const name = `Value for secret \`${secret}.${key}\``
  const message = isRequired ? `${name}:` : `${name} (Leave empty to use existing value):`
  for (;;) {
    const value = expandArgument(key, await promptHidden(message, io, instead), io)
    if (value !== '' || !isRequired) return value
  }
}

async function askPairs(secret: string, io: Io): Promise<SecretValues> {
  const values = new Map<string, string>()
  do {
    const refuse = (key: string) =>
      values.has(key) ? `Key ${displayable(key)} already in this secret: enter another.` : keyProblem(key)
    const key = await promptText('Please enter a secret key:', io, { instead, refuse })
    values.set(key, await askValue(secret, { key, isRequired: true }, io))
  } while (await confirm('Do you want to add another key-value pair to this secret?', io, { instead, initial: false }))
  return values
}

/** More would hide the question. */
const maxUsers = 3

function neededBy(what: string, users: readonly JudgedUse[]): string {
  const said = [...new Set(users.map(user))]
  const more = said.length - maxUsers
  return `${what} is needed by ${said.slice(0, maxUsers).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Component and attribute, else where it stands. */
export function user({ component, attribute, stack, place }: JudgedUse): string {
  const owner = component ? `${component.type}${component.name === undefined ? '' : ` ${component.name}`}` : undefined
  const where = 'file' in place ? `${place.file}:${place.span.start.line}` : place.url
  const of = stack === undefined ? '' : ` of the stack ${quoted(stack)}`
  const who = [owner, attribute === undefined ? undefined : `(${attribute})`].filter(part => part !== undefined)
  return who.length === 0 ? displayable(where) : `${displayable(who.join(' '))}${of}`
}
