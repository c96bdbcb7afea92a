/** Trouble with arguments, inputs, environment or paths: the run cannot start. Every message is a sentence. */
export declare class SettingsError extends Error {
    readonly name = "SettingsError";
    readonly problems: readonly string[];
    constructor(problems: readonly string[]);
}
