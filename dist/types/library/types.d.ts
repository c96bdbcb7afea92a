/** The public types of the library. They import nothing, so that they can be shipped as they are. */
export type Level = 'NONE' | 'SECRET_EXISTS' | 'SECRET_AND_KEY_EXISTS';
export type BackendName = 'local' | 'zenml' | 'aws' | 'gcp' | 'azure' | 'vault' | 'github';
/** Where a program runs, as far as this library looks at it. */
export interface Surroundings {
    /** Directory that paths are relative to. By default the working directory. */
    readonly cwd?: string | undefined;
    /** Variables that stand in for options, and that services read credentials from. By default those of the process. */
    readonly env?: Readonly<Record<string, string | undefined>> | undefined;
    /** Ends the work early, with an error. */
    readonly signal?: AbortSignal | undefined;
}
/** What to look at; the same words as the flags of `zenml-secrets check`. */
export interface SelectionOptions extends Surroundings {
    /** Files, directories or globs. By default every file git lists below the directory. */
    readonly paths?: readonly string[] | undefined;
    /** Globs of files to leave out. */
    readonly exclude?: readonly string[] | undefined;
    /** Names of stacks registered on the ZenML server. */
    readonly stack?: readonly string[] | undefined;
    /** Such as `0.22.0`: instead of what the files say. */
    readonly zenmlVersion?: string | undefined;
    /** Looks up what documentation and tests need too. */
    readonly docs?: boolean | undefined;
    readonly zenmlUrl?: string | undefined;
    readonly zenmlApiKey?: string | undefined;
    /** Seconds the whole run may take, from 1 to 3600; 120 by default. */
    readonly timeout?: number | undefined;
}
/** Where secrets live; the same words as the flags of `zenml-secrets check`. */
export interface BackendOptions {
    readonly backend?: BackendName | 'auto' | undefined;
    readonly secretsFile?: string | undefined;
    readonly componentId?: string | undefined;
    readonly zenmlUrl?: string | undefined;
    readonly zenmlApiKey?: string | undefined;
    readonly awsRegion?: string | undefined;
    readonly gcpProject?: string | undefined;
    readonly azureVaultUrl?: string | undefined;
    readonly vaultUrl?: string | undefined;
    readonly vaultToken?: string | undefined;
    readonly vaultMount?: string | undefined;
    readonly vaultNamespace?: string | undefined;
    readonly vaultRole?: string | undefined;
    readonly vaultAudience?: string | undefined;
    readonly vaultAuthMount?: string | undefined;
    readonly vaultRoleId?: string | undefined;
    readonly vaultSecretId?: string | undefined;
    readonly githubRepository?: string | undefined;
    readonly scope?: 'none' | 'global' | 'component' | 'namespace' | undefined;
    readonly scopeNamespace?: string | undefined;
}
export interface CheckOptions extends SelectionOptions, BackendOptions {
    readonly level?: Level | undefined;
    /** Asks no backend and reports what the files alone show. */
    readonly static?: boolean | undefined;
    readonly failOn?: 'error' | 'warning' | 'never' | undefined;
    readonly onUnverified?: 'fail' | 'warn' | undefined;
}
export interface SecretStoreOptions extends BackendOptions, Surroundings {
    /** Seconds one call may take, from 1 to 3600; 120 by default. */
    readonly timeout?: number | undefined;
}
/** Line and column from 1, the column in UTF-16 code units. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/** Where something stands: in a file, relative to the directory with `/`, or on a server. */
export interface Place {
    readonly file?: string;
    readonly start?: Position;
    /** Exclusive. */
    readonly end?: Position;
    /** Address of a registered stack, which has no file. */
    readonly url?: string;
    readonly stack?: string;
    readonly component?: {
        readonly type: string;
        readonly name: string | null;
        readonly flavor: string | null;
    };
    /** Nested paths are joined with `.` */
    readonly attribute?: string;
}
export type Verdict = 'found' | 'missing' | 'key_missing' | 'unusable' | 'denied' | 'unverified' | 'skipped' | 'invalid';
/** One place that needs a secret. */
export interface SecretUse extends Place {
    readonly secret: string;
    /** `null` where no key is named. */
    readonly key: string | null;
    readonly via: 'reference' | 'secret-name' | 'secrets-list' | 'python' | 'templated';
    readonly verdict: Verdict;
    /** Name of the backend that was asked, if any was. */
    readonly backend?: string;
}
/** Something to report. What else is known depends on its kind: see `schema/report-v1.json`. */
export interface Finding extends Place {
    /** Such as `missing-secret`; `docs/findings/` has a page about each. */
    readonly kind: string;
    readonly severity: 'error' | 'warning' | 'notice';
    /** What is wrong, safe to print on one line. */
    readonly message: string;
    /** What to do about it, safe to print on one line. */
    readonly help: string;
    readonly secret?: string;
    readonly key?: string | null;
    readonly suggestions?: readonly string[];
}
/** The JSON report, version 1. */
export interface Report {
    readonly version: 1;
    readonly result: 'pass' | 'fail' | 'unverified' | 'error';
    readonly level: Level;
    readonly backends: readonly {
        readonly name: string;
        readonly description: string;
    }[];
    readonly counts: {
        readonly files: number;
        readonly stacks: number;
        readonly references: number;
        readonly secrets: number;
        readonly errors: number;
        readonly warnings: number;
        readonly notices: number;
        readonly found: number;
        readonly missing: number;
        readonly unusable: number;
        readonly denied: number;
        readonly unverified: number;
        readonly skipped: number;
        readonly invalid: number;
        readonly ignored: number;
    };
    /** Sorted by file, line and column. */
    readonly references: readonly SecretUse[];
    /** Sorted by file, line, column and kind. */
    readonly findings: readonly Finding[];
}
/** `{{secret.key}}` */
export interface Reference {
    readonly secret: string;
    readonly key: string;
}
/** A secret with its values. */
export interface Secret {
    readonly name: string;
    /** Values by key. */
    readonly content: ReadonlyMap<string, string>;
}
/** The secrets of one backend, for reading. */
export interface SecretStore {
    readonly backend: BackendName;
    /** Such as `AWS Secrets Manager, eu-west-1`. */
    readonly description: string;
    /** Names of all secrets, sorted; reads no value. */
    listSecrets(): Promise<readonly string[]>;
    /**
     * The secret of exactly this name.
     * @throws SecretStoreError with `trouble: 'absent'` where there is none.
     */
    getSecret(name: string): Promise<Secret>;
}
