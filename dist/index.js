import { library } from './bundle/index.js'

export const { check, findSecretUses, openSecretStore, parseReference, SecretStoreError, SettingsError } = await library()
