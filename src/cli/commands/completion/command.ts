import { Argument, type Command } from 'commander'
import { clean } from '../../exit-code.ts'
import type { Family, FamilyContext } from '../../family.ts'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { completableCommands } from './model.ts'
import { zshScript } from './zsh.ts'

/** `zenml-secrets completion SHELL`. `families`: all there are, whose commands the script is to know. */
export function completionCommand(
  command: Command,
  { io, done }: FamilyContext,
  families: Readonly<Record<string, Family>>,
): void {
  command
    .description('Prints a script that makes a shell complete the commands, options and values of this program.')
    .addArgument(new Argument('<SHELL>', 'Which shell').choices(Object.keys(scripts)))
    .addHelpText('after', help)
    .action(async (shell: keyof typeof scripts) => {
      const program = command.parent ?? command
      io.stdout.write(scripts[shell](await completableCommands(program, families, io)))
      done(clean)
    })
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript }

const help = `
Examples:
  $ source <(zenml-secrets completion bash)                      in ~/.bashrc
  $ source <(zenml-secrets completion zsh)                       in ~/.zshrc
  $ zenml-secrets completion fish > ~/.config/fish/completions/zenml-secrets.fish`
