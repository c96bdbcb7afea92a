/** Names of the report formats, for settings: loads no renderer. */
export const formats = ['text', 'json', 'markdown', 'github'] as const
export type Format = (typeof formats)[number]
