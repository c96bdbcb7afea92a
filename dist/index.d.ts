/** The library: what `import … from 'zenml-secrets'` gives. Nothing is loaded or done before a function is called. */
import type { CheckOptions, Reference, Report, SecretStore, SecretStoreOptions, SecretUse, SelectionOptions } from './types/library/types.js';
export { SecretStoreError } from './types/backends/secret-store.js';
export type * from './types/library/types.js';
export { SettingsError } from './types/settings/settings-error.js';
/**
 * Looks up every secret the stacks in a repository need, as `zenml-secrets check` does.
 * @throws SettingsError where an option is wrong, or a path or glob matches no file.
 */
export declare function check(options?: CheckOptions): Promise<Report>;
/**
 * Lists every place that needs a secret, as `zenml-secrets references` does. No backend is asked.
 * @throws SettingsError where an option is wrong, or a path or glob matches no file.
 */
export declare function findSecretUses(options?: SelectionOptions): Promise<readonly SecretUse[]>;
/**
 * The reference that a whole value is, or `undefined` where ZenML passes the value on as plain text.
 * @param zenmlVersion Such as `0.39.1`, before which and in which blanks inside the braces are not allowed; today's rule by default.
 */
export declare function parseReference(value: string, zenmlVersion?: string): Reference | undefined;
/**
 * Opens the secrets of a backend for reading values, as `context.stack.secrets_manager` is in a step of ZenML. Nothing
 * is asked of its service yet.
 * @throws SettingsError where an option is wrong, or nothing says which backend. SecretStoreError where the options do not say which store of it.
 */
export declare function openSecretStore(options?: SecretStoreOptions): Promise<SecretStore>;
