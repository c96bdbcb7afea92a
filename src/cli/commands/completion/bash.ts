import type { CompletableCommand } from './model.ts'
import { shellWord } from './shell-word.ts'

/** A script for bash from 3.2 on. It offers files where it knows nothing better. */
export function bashScript(commands: readonly CompletableCommand[]): string {
  const paths = commands.filter(({ path }) => path !== '').map(pathCase)
  const values = commands.flatMap(valueCases)
  return `# Completion of zenml-secrets for bash: source <(zenml-secrets completion bash)
_zenml_secrets() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" command='' words='' i
  # Bash takes the = of --option=value for a word.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command \${COMP_WORDS[i]}" in
${lines(paths, 6)}
    esac
  done
  case "$command $prev" in
${lines(values, 4)}
  esac
  if [[ -z $words ]]; then
    case "$command" in
${lines(commands.map(wordCase), 6)}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _zenml_secrets zenml-secrets
`
}

/** One command after another: `secret`, then `secret register`. */
function pathCase({ path }: CompletableCommand): string {
  const key = path.includes(' ') ? path : ` ${path}`
  return `${shellWord(key)}) command=${shellWord(path)} ;;`
}

function valueCases({ path, options }: CompletableCommand): readonly string[] {
  return options.flatMap(({ flags, values }) => {
    if (values === undefined) return []
    const patterns = flags.map(flag => shellWord(`${path} ${flag}`)).join(' | ')
    const action = values.length === 0 ? 'return' : `words=${shellWord(values.join(' '))}`
    return [`${patterns}) ${action} ;;`]
  })
}

/** Options only where a dash is typed. */
function wordCase({ path, options, words }: CompletableCommand): string {
  const flags = shellWord(options.flatMap(option => option.flags).join(' '))
  return `${shellWord(path)}) if [[ $cur == -* ]]; then words=${flags}; else words=${shellWord(words.join(' '))}; fi ;;`
}

function lines(texts: readonly string[], indentation: number): string {
  return texts.map(text => ' '.repeat(indentation) + text).join('\n')
}
