import { SecretStoreError } from '../../../backends/secret-store.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean } from '../../exit-code.ts'
import { confirm } from '../../prompts.ts'
import { hasFlag, type Invocation, namesOf } from './invocation.ts'
import { isCalled } from './refusals.ts'
import type { Session } from './session.ts'

/** `secret delete NAME`: asks first, unless `--yes`; no answer but a yes deletes anything. */
export async function deleteSecret(invocation: Invocation, { io, store, ask }: Session): Promise<number> {
  const [name = ''] = namesOf(invocation, { least: 1, most: 1 })
  if (!hasFlag(invocation, 'yes')) {
    // Also deletes what cannot be read, so that only names are looked at.
    const listed = await ask(signal => store.list(signal))
    if (!listed.some(secret => isCalled(secret, name, store))) throw absent(name)
    const question = `This will delete all data associated with the \`${displayable(name)}\` secret. Are you sure you want to proceed?`
    if (!(await confirm(question, io, { instead: 'Give --yes to delete the secret without a question.' }))) {
      io.stderr.write('Aborting secret deletion...\n')
      return clean
    }
  }
  try {
    await ask(signal => store.delete(name, signal))
  } catch (error) {
    throw error instanceof SecretStoreError && error.trouble === 'absent' ? absent(name) : error
  }
  io.stderr.write(`Deleted secret ${quoted(name)} from ${displayable(store.description)}.\n`)
  return clean
}

function absent(name: string): SecretStoreError {
  return new SecretStoreError(
    'absent',
    `Secret with name ${quoted(name)} no longer present. Run "zenml-secrets secret list" to see what there is.`,
  )
}
