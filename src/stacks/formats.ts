import { scriptKeyParts } from './ci-workflow/script-key-parts.ts'
import { stackExport } from './export.ts'
import { nameInside } from './file-name.ts'
import { runConfigurationWords } from './run-configuration/words.ts'
import type { StackFormat } from './stack.ts'

/** A reader, apart from its code: most repositories need few of them. */
interface LazyFormat {
  /** Every file that the reader can make anything of holds one of them, as it stands in its bytes. */
  readonly words: readonly string[]
  /** And one of these. */
  readonly also?: readonly string[]
  /** And of these: what keeps an export, which names the program too, from loading more than its own reader. */
  readonly besides?: readonly string[]
  readonly load: () => Promise<StackFormat>
}

/** The program goes by two names. */
const commands = { words: ['zen'], also: ['zenml', 'zen '] }

const formats = {
  stackExport: {
    words: ['components'],
    also: ['stack_name', 'zenml_version', 'flavor'],
    load: async () => stackExport,
  },
  runConfiguration: {
    words: ['secrets', 'environment', '{{'],
    also: runConfigurationWords,
    load: async () => (await import('./run-configuration.ts')).runConfiguration,
  },
  python: { words: ['zenml'], load: async () => (await import('./python-file.ts')).pythonFile },
  terraform: { words: ['zenml'], load: async () => (await import('./terraform-file.ts')).terraformFile },
  ciWorkflow: { ...commands, besides: scriptKeyParts, load: async () => (await import('./ci-workflow.ts')).ciWorkflow },
  dockerfile: { ...commands, load: async () => (await import('./dockerfile.ts')).dockerfile },
  notebook: { ...commands, load: async () => (await import('./notebook.ts')).notebook },
  notebookText: { ...commands, load: async () => (await import('./markdown.ts')).notebookText },
  markdown: { ...commands, load: async () => (await import('./markdown.ts')).markdown },
  makefile: { ...commands, load: async () => (await import('./makefile.ts')).makefile },
  justfile: { ...commands, load: async () => (await import('./justfile.ts')).justfile },
  shellScript: { words: ['zen'], load: async () => (await import('./shell-script.ts')).shellScript },
} as const satisfies Readonly<Record<string, LazyFormat>>

type FormatName = keyof typeof formats

/** By what follows the last dot of a file's name. */
const byExtension: ReadonlyMap<string, readonly FormatName[]> = new Map<string, readonly FormatName[]>([
  ['yaml', ['stackExport', 'runConfiguration', 'ciWorkflow']],
  ['yml', ['stackExport', 'runConfiguration', 'ciWorkflow']],
  ['json', ['stackExport', 'runConfiguration']],
  ['tf.json', ['terraform']],
  ['tofu.json', ['terraform']],
  ['tf', ['terraform']],
  ['tofu', ['terraform']],
  ['py', ['python']],
  ['ipynb', ['notebook', 'notebookText']],
  ['md', ['markdown']],
  ['mdx', ['markdown']],
  ['markdown', ['markdown']],
  ['rst', ['markdown']],
  ['dockerfile', ['dockerfile']],
  ['containerfile', ['dockerfile']],
  ['mk', ['makefile']],
  ['make', ['makefile']],
  ['just', ['justfile']],
  ...['sh', 'bash', 'zsh', 'ksh', 'dash', 'bats', 'envrc', 'command'].map(
    extension => [extension, ['shellScript']] as const,
  ),
])

/** By the whole name, in small letters. */
const byName: ReadonlyMap<string, readonly FormatName[]> = new Map<string, readonly FormatName[]>([
  ['justfile', ['justfile']],
  ['.justfile', ['justfile']],
  ...[
    ...['.bash_aliases', '.bash_profile', '.bashrc', '.profile', '.zprofile', '.zshrc'],
    ...['bootstrap', 'docker-entrypoint', 'entrypoint'],
  ].map(name => [name, ['shellScript']] as const),
])

/** By what stands before the first dot or dash, whatever follows: `Makefile.local`, `Dockerfile-dev`. */
const byStem: ReadonlyMap<string, readonly FormatName[]> = new Map<string, readonly FormatName[]>([
  ['makefile', ['makefile']],
  ['gnumakefile', ['makefile']],
  ['dockerfile', ['dockerfile']],
  ['containerfile', ['dockerfile']],
])

/** Readers that share their files: those of one ending, or of one name. */
export interface FileKind {
  readonly formats: readonly LazyFormat[]
}

/** Whether a file may be something to a reader; `holds` tells whether a word is in it. */
export function mayRead({ words, also, besides }: LazyFormat, holds: (word: string) => boolean): boolean {
  return [words, also, besides].every(list => list === undefined || list.some(holds))
}

const kinds = new Map<readonly FormatName[], FileKind>()

/** What a file can be by its name alone; `undefined` for what no reader is interested in. */
export function fileKind(path: string): FileKind | undefined {
  const names = byPlainEnding(path) ?? formatNames(path)
  return names && kindOf(names)
}

/** For a file whose name promises nothing. */
export const unnamedKind: FileKind = kindOf(['stackExport'])

function kindOf(names: readonly FormatName[]): FileKind {
  const known = kinds.get(names)
  if (known) return known
  const kind: FileKind = { formats: names.map(name => formats[name]) }
  kinds.set(names, kind)
  return kind
}

/** Most files are of these, and their names cannot say anything else: this saves the closer look. */
function byPlainEnding(path: string): readonly FormatName[] | undefined {
  const ending = path.endsWith('.py')
    ? 'py'
    : path.endsWith('.md')
      ? 'md'
      : path.endsWith('.ipynb')
        ? 'ipynb'
        : undefined
  return ending === undefined || 'mMgGdDcC{'.includes(path[path.lastIndexOf('/') + 1] ?? '{')
    ? undefined
    : byExtension.get(ending)
}

/** The longest stem has 13 letters. */
function stemOf(name: string): string {
  for (let index = 0; index < name.length && index < 14; index++) {
    if (name[index] === '.' || name[index] === '-') return name.slice(0, index)
  }
  return name
}

function formatNames(path: string): readonly FormatName[] | undefined {
  const name = nameInside(path).toLowerCase()
  const dot = name.lastIndexOf('.')
  const named = byName.get(name) ?? byStem.get(stemOf(name))
  if (named || dot < 0) return named
  const extension = name.slice(dot + 1)
  if (extension !== 'json') return byExtension.get(extension)
  return byExtension.get(name.slice(name.lastIndexOf('.', dot - 1) + 1)) ?? byExtension.get(extension)
}
