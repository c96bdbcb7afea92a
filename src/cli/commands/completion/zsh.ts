import type { CompletableCommand } from './model.ts'
import { shellWord } from './shell-word.ts'

/** A script for zsh, to be sourced or put into a folder of `fpath` as `_zenml-secrets`. */
export function zshScript(commands: readonly CompletableCommand[]): string {
  return `#compdef zenml-secrets
# Completion of zenml-secrets for zsh: source <(zenml-secrets completion zsh)
_zenml_secrets() {
  local command='' word
  local -a options arguments
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
${lines(commands.filter(({ path }) => path !== '').map(pathCase), 6)}
    esac
  done
  local previous="$words[CURRENT-1]"
  if [[ $PREFIX == --*=* ]]; then
    previous="\${PREFIX%%=*}"
    compset -P 1 '*='
  fi
  case "$command $previous" in
${lines(commands.flatMap(valueCases), 4)}
  esac
  case "$command" in
${lines(commands.map(commandCase), 4)}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o option options
  elif (( $#arguments )); then
    _describe argument arguments
  else
    _files
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _zenml_secrets "$@"
else
  compdef _zenml_secrets zenml-secrets
fi
`
}

function pathCase({ path }: CompletableCommand): string {
  const key = path.includes(' ') ? path : ` ${path}`
  return `${shellWord(key)}) command=${shellWord(path)} ;;`
}

function valueCases({ path, options }: CompletableCommand): readonly string[] {
  return options.flatMap(({ flags, values }) => {
    if (values === undefined) return []
    const patterns = flags.map(flag => shellWord(`${path} ${flag}`)).join(' | ')
    const action = values.length === 0 ? '_files' : `compadd -- ${values.map(shellWord).join(' ')}`
    return [`${patterns}) ${action}; return ;;`]
  })
}

function commandCase({ path, options, subcommands, words }: CompletableCommand): string {
  const flags = options.flatMap(option => option.flags.map(flag => described(flag, option.description)))
  const known = new Map(subcommands.map(({ name, description }) => [name, description]))
  const offered = words.map(word => described(word, known.get(word) ?? ''))
  return `${shellWord(path)}) options=(${flags.join(' ')}); arguments=(${offered.join(' ')}) ;;`
}

/** A colon parts a word from what is said about it. */
function described(word: string, description: string): string {
  const text = word.replaceAll(':', '\\:')
  return shellWord(description === '' ? text : `${text}:${description}`)
}

function lines(texts: readonly string[], indentation: number): string {
  return texts.map(text => ' '.repeat(indentation) + text).join('\n')
}
