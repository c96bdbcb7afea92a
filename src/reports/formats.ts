/** Names of the report formats, for settings: loads no renderer. */
export const formats = ['text', 'json', 'markdown', 'github'] as const
export type Format = (typeof formats)[number]

/** What the list of secret uses can be printed as. */
export const referenceFormats = ['text', 'json', 'csv', 'markdown'] as const
export type ReferenceFormat = (typeof referenceFormats)[number]
