import type { CompletableCommand, CompletableOption } from './model.ts'

/** A script for fish from 3.0 on. */
export function fishScript(commands: readonly CompletableCommand[]): string {
  const named = commands.filter(({ path }) => path !== '')
  return `# Completion of zenml-secrets for fish
function __zenml_secrets_in
    set -l command
    for word in (commandline -opc)[2..-1]
        switch "$command $word"
${named.map(pathCase).join('\n')}
        end
    end
    test "$command" = "$argv[1]"
end
complete -c zenml-secrets -e
${commands.flatMap(completions).join('\n')}
`
}

function pathCase({ path }: CompletableCommand): string {
  const key = path.includes(' ') ? path : ` ${path}`
  return `            case ${fishWord(key)}\n                set command ${fishWord(path)}`
}

function completions({ path, options, subcommands, words }: CompletableCommand): readonly string[] {
  const start = `complete -c zenml-secrets -n ${fishWord(`__zenml_secrets_in ${fishWord(path)}`)}`
  const known = new Map(subcommands.map(({ name, description }) => [name, description]))
  return [
    ...words.map(word => `${start} -f -a ${fishWord(word)}${about(known.get(word) ?? '')}`),
    ...options.map(option => `${start}${optionText(option)}`),
  ]
}

function optionText({ flags, description, values }: CompletableOption): string {
  const spelt = flags.map(flag => (flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join('')
  const value = values === undefined ? '' : values.length === 0 ? ' -r' : ` -x -a ${fishWord(values.join(' '))}`
  return spelt + value + about(description)
}

function about(description: string): string {
  return description === '' ? '' : ` -d ${fishWord(description)}`
}

/** A text in single quotes, in which fish reads a backslash before a quote or another. */
function fishWord(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
