import { basename, join } from 'node:path'
import { quoted } from '../../text/displayable.ts'
import type { LocalOptions } from './options.ts'

/** The file to read, or a sentence that says why there is none to choose. */
export type ChosenFile =
  | { readonly path: string; readonly description: string; readonly advice: string }
  | { readonly reason: string; readonly description: string }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const advice = 'Pass the file (secrets-file) or the id of the local secrets manager (component-id).'

export function chooseSecretsFile({ secretsFile, localStores, componentId }: LocalOptions): ChosenFile {
  if (secretsFile !== undefined) {
    const description = `local secrets file ${basename(secretsFile)}`
    return { path: secretsFile, description, advice: 'Correct the file, or the path given as secrets-file.' }
  }
  const description = 'local secrets manager'
  if (componentId === undefined) {
    return { reason: `Nothing says which local secrets file to read. ${advice}`, description }
  }
  const id = componentId.toLowerCase()
  if (!uuid.test(id)) {
    const reason = `${quoted(componentId)} is not the id of a component, which is a UUID, so no local secrets file was read. ${advice}`
    return { reason, description }
  }
  return { path: join(localStores, id, 'secrets.yaml'), description: `${description} ${id}`, advice }
}
