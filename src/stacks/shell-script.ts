import { embeddedSlice } from '../text/embedded.ts'
import { readCommands } from './commands/read-commands.ts'
import type { StackFormat } from './stack.ts'

/** Shell scripts, known by their names: those of shells' own files, and those of templates by the name inside. */
export const shellScript: StackFormat = {
  name: 'shell-script',
  matchesPath: path => {
    const name = path.slice(path.lastIndexOf('/') + 1).replaceAll(/\{%[^%]*%\}/g, '')
    return names.has(name) || /\.(?:sh|bash|zsh|ksh|dash|bats|envrc|command)$/.test(name.slice(-9).toLowerCase())
  },
  matchesText: content => content.includes('zen'),
  read: source => {
    const { components, secrets, definitions } = readCommands(embeddedSlice(source))
    if (components.length + secrets.length + definitions.length === 0) return undefined
    return { source, stacks: [], components, secrets, definitions, problems: [] }
  },
}

const names: ReadonlySet<string> = new Set([
  '.bash_aliases',
  '.bash_profile',
  '.bashrc',
  '.profile',
  '.zprofile',
  '.zshrc',
  'bootstrap',
  'docker-entrypoint',
  'entrypoint',
])
