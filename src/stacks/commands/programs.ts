import type { Word } from './word.ts'

/**
 * The words behind `zenml` or `zen`, where a command runs it: itself, or through a program that runs others. Any other
 * program is not taken for one that does.
 */
export function zenmlArguments(words: readonly Word[]): Word[] | undefined {
  const [first] = words
  if (!first) return undefined
  let index = 0
  if (!isZenml(first)) {
    if (!isRunner(first)) return undefined
    index = words.findIndex(isZenml)
    if (index < 0) return undefined
  }
  // An environment or an image may be called like the program: `conda run -n zenml zenml stack list`.
  while (isZenml(words[index])) index++
  return words.slice(index)
}

function isZenml(word: Word | undefined): boolean {
  return word !== undefined && (word.text === 'zenml' || word.text === 'zen' || word.text.endsWith('/zenml'))
}

/** Words of a command that a shell runs as a text: `bash -c '…'`, `ssh host '…'`, `eval "…"`. */
export function shellTexts(words: readonly Word[]): readonly Word[] {
  const [first] = words
  if (!first) return []
  const isText = ({ text }: Word) => text.includes('zen') && /\s/.test(text)
  if (takingText.has(programOf(first))) return words.filter(isText)
  if (!isRunner(first) && !shells.has(programOf(first))) return []
  return words.filter((word, index) => /^-[a-z]{0,5}c$/.test(words[index - 1]?.text ?? '') && isText(word))
}

/** Whether a command hands what it reads to a shell. */
export function hasShell(words: readonly Word[]): boolean {
  return words.some(word => shells.has(programOf(word)) || programOf(word) === 'ssh')
}

function isRunner(word: Word): boolean {
  const program = programOf(word)
  return runners.has(program) || /^python[0-9.]{0,5}$/.test(program)
}

function programOf({ text }: Word): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

const shells: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'ksh', 'dash'])
const takingText: ReadonlySet<string> = new Set(['ssh', 'eval'])
const runners: ReadonlySet<string> = new Set([
  'builtin',
  'command',
  'conda',
  'docker',
  'docker-compose',
  'doas',
  'env',
  'eval',
  'exec',
  'hatch',
  'kubectl',
  'mamba',
  'micromamba',
  'nice',
  'nohup',
  'pdm',
  'pipenv',
  'pixi',
  'podman',
  'poetry',
  'rye',
  'ssh',
  'sudo',
  'time',
  'timeout',
  'uv',
  'uvx',
  'winpty',
  'xargs',
])
