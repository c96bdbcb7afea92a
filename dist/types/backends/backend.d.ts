/** Where secrets live. The names are those of ZenML's secrets manager flavors, plus `zenml`, its server's own store. */
export declare const backendNames: readonly ['local', 'zenml', 'aws', 'gcp', 'azure', 'vault', 'github'];
export type BackendName = (typeof backendNames)[number];
/** What a backend says about one name. It never holds a value. */
export type Answer = {
    readonly kind: 'found';
    /** Names of the keys, or `not-read` where only existence was asked. */
    readonly keys: ReadonlySet<string> | 'not-read';
    /** The name as the backend spells it, where it matched under another case or accent. */
    readonly spelling?: string;
}
/** Only on the service's documented evidence, from an identity shown to be able to look. */
 | {
    readonly kind: 'missing';
    /** The service says the same of single secrets that this identity may not see. */
    readonly mayBeHidden?: true;
}
/**
 * `unusable`: it exists, but is disabled, destroyed or not of a form ZenML can read. `denied`: the identity may not
 * look. `unverified`: anything else. `illegal-name`: this backend cannot hold such a name. `reason` is a clause or
 * sentences for the user that may name a permission, and never quotes a value or a response body.
 */
 | {
    readonly kind: 'unusable' | 'denied' | 'unverified' | 'illegal-name';
    readonly reason: string;
};
/** `names`: existence only, no key and no value is read. `keys`: the names of each secret's keys too. */
export type Depth = 'names' | 'keys';
export interface Backend {
    /** One of `backendNames`, or the flavor of a secrets manager that nobody here can ask. */
    readonly name: string;
    /** For reports, such as `AWS Secrets Manager, eu-west-1`. Not yet safe to print: see `displayable`. */
    readonly description: string;
    /**
     * Answers every name asked, each once, as it is spelt; batches as its service allows. Never throws for expected
     * trouble: a service that cannot be reached makes every answer `unverified`. Honours `signal`.
     */
    lookUp(names: readonly string[], depth: Depth, signal: AbortSignal): Promise<ReadonlyMap<string, Answer>>;
    /** All names, for suggestions, where listing is allowed and cheap; an empty list where it is not. Never throws. */
    names?(signal: AbortSignal): Promise<readonly string[]>;
}
