/**
 * Every key that `scripts.ts` takes a script from holds one of these. A search for words takes a fraction of the time that
 * loading the reader takes.
 */
export const scriptKeyParts: readonly string[] = [
  'script',
  'Script',
  'run',
  'args',
  'bash',
  'cmd',
  'command',
  'Command',
  'install',
  'entry',
  'create',
  'build',
  'source',
  'sh:',
  'sh"',
  "sh'",
  'sh ',
  'shell',
]
