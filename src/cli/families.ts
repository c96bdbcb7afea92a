import type { Family } from './family.ts'

/** Commands beside `check` and `references`; nothing of one is loaded before it is named. */
export const families: Readonly<Record<string, Family>> = {
  'register-secrets': {
    summary: 'Register the secrets that stacks lack',
    load: async () => (await import('./commands/register-secrets/command.ts')).registerSecretsCommand,
  },
  secret: {
    summary: 'Register, show, list, change and delete secrets',
    load: async () => (await import('./commands/secret/command.ts')).addSecretCommands,
  },
  schemas: {
    summary: "List ZenML's secret schemas and their keys",
    load: async () => (await import('./commands/schemas.ts')).schemasCommand,
  },
  explain: {
    summary: 'Explain a kind of finding and how to fix it',
    load: async () => (await import('./commands/explain/command.ts')).explainCommand,
  },
  init: {
    summary: 'Write a workflow and a pre-commit hook that run the check',
    load: async () => (await import('./commands/init/command.ts')).initCommand,
  },
  completion: {
    summary: 'Print a script that completes commands in a shell',
    load: async () => {
      const { completionCommand } = await import('./commands/completion/command.ts')
      return (command, context) => completionCommand(command, context, families)
    },
  },
}
