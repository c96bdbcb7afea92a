import { stackExport } from './export.ts'
import { nameInside } from './file-name.ts'
import type { StackFormat } from './stack.ts'

/** A reader, apart from its code: most repositories need few of them. */
interface LazyFormat {
  /** Every file that the reader can make anything of holds one of them, as it stands in its bytes. */
  readonly words: readonly string[]
  readonly load: () => Promise<StackFormat>
}

/** The program goes by two names. */
const commands = ['zenml', 'zen ']

const formats = {
  stackExport: { words: ['components'], load: async () => stackExport },
  runConfiguration: {
    words: ['secrets', 'environment', '{{'],
    load: async () => (await import('./run-configuration.ts')).runConfiguration,
  },
  python: { words: ['zenml'], load: async () => (await import('./python-file.ts')).pythonFile },
  terraform: { words: ['zenml'], load: async () => (await import('./terraform-file.ts')).terraformFile },
  ciWorkflow: { words: commands, load: async () => (await import('./ci-workflow.ts')).ciWorkflow },
  dockerfile: { words: commands, load: async () => (await import('./dockerfile.ts')).dockerfile },
  notebook: { words: commands, load: async () => (await import('./notebook.ts')).notebook },
  notebookText: { words: commands, load: async () => (await import('./markdown.ts')).notebookText },
  markdown: { words: commands, load: async () => (await import('./markdown.ts')).markdown },
  makefile: { words: commands, load: async () => (await import('./makefile.ts')).makefile },
  justfile: { words: commands, load: async () => (await import('./justfile.ts')).justfile },
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
  /** Files that hold none of these words are nothing to any of the readers. */
  readonly words: readonly string[]
}

const kinds = new Map<readonly FormatName[], FileKind>()

/** What a file can be by its name alone; `undefined` for what no reader is interested in. */
export function fileKind(path: string): FileKind | undefined {
  const names = formatNames(path)
  return names && kindOf(names)
}

/** For a file whose name promises nothing. */
export const unnamedKind: FileKind = kindOf(['stackExport'])

function kindOf(names: readonly FormatName[]): FileKind {
  const known = kinds.get(names)
  if (known) return known
  const kind: FileKind = {
    formats: names.map(name => formats[name]),
    words: [...new Set(names.flatMap(name => formats[name].words))],
  }
  kinds.set(names, kind)
  return kind
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
