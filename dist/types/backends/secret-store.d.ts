import type { BackendName } from './backend.js';
/** Keys and values of one secret, in the order they are stored. Nothing on the checking path can reach one. */
export type SecretValues = ReadonlyMap<string, string>;
/** One secret with its values. */
export interface StoredValues {
    readonly name: string;
    readonly values: SecretValues;
    /** ZenML's schema of the secrets-manager era, such as `aws`; `undefined` where the store knows none. */
    readonly schema: string | undefined;
    /** Only the ZenML server has private secrets. */
    readonly isPrivate: boolean;
}
/** One line of a list; what the store does not say without reading values is `undefined`. */
export interface SecretSummary {
    readonly name: string;
    readonly keys: number | undefined;
    readonly schema?: string | undefined;
    /** `public` or `private` on a ZenML server; the secrets manager's scope elsewhere. */
    readonly scope: string | undefined;
    /** ISO 8601 in UTC. */
    readonly created: string | undefined;
    readonly updated: string | undefined;
}
export interface NewSecret {
    readonly name: string;
    readonly values: SecretValues;
    /** `arbitrary` unless the user says otherwise; stores of the central era ignore it. */
    readonly schema: string;
    readonly isPrivate: boolean;
}
/** What is to be different afterwards; all else of the secret stays as it is, its schema included. */
export interface SecretChange {
    readonly set: SecretValues;
    readonly remove: ReadonlySet<string>;
    readonly isPrivate?: boolean | undefined;
}
/**
 * What the secret commands do to a backend. Every method throws a `SecretStoreError` for expected trouble and nothing
 * else, never with a value in it, and honours `signal`. Written exactly as the backend's ZenML writes it, so that ZenML
 * reads it; what ZenML wrote is read back.
 */
export interface SecretStore {
    readonly name: BackendName;
    /** For messages, such as `AWS Secrets Manager, eu-west-1`. Not yet safe to print: see `displayable`. */
    readonly description: string;
    /** Whether values can be read back; GitHub's cannot. */
    readonly readsValues: boolean;
    /** Whether a secret can be changed where it is. */
    readonly updates: boolean;
    /** Why the backend cannot hold a secret of this name, a sentence; `undefined` where it can. Asks nobody. */
    refuses(name: string): string | undefined;
    /** Sorted by name. */
    list(signal: AbortSignal): Promise<readonly SecretSummary[]>;
    /** The secret of exactly this name; `undefined` where there is none. */
    read(name: string, signal: AbortSignal): Promise<StoredValues | undefined>;
    /** Throws `exists` where the name is taken: nothing is overwritten. */
    create(secret: NewSecret, signal: AbortSignal): Promise<void>;
    /** Throws `absent` where there is no such secret. */
    update(name: string, change: SecretChange, signal: AbortSignal): Promise<void>;
    delete(name: string, signal: AbortSignal): Promise<void>;
    /** Absent where the store has no renaming of its own: then it is create and delete. */
    rename?(name: string, newName: string, signal: AbortSignal): Promise<void>;
}
export type SecretStoreTrouble = 'exists' | 'absent' | 'illegal-name'
/** The values do not fit the schema, or the backend's limits. */
 | 'illegal-values' | 'denied' | 'unsupported' | 'unreachable' | 'failed';
/** The message is one or more sentences for the user, safe to print, that never hold a value. */
export declare class SecretStoreError extends Error {
    readonly name = "SecretStoreError";
    readonly trouble: SecretStoreTrouble;
    constructor(trouble: SecretStoreTrouble, message: string);
}
