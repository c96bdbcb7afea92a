import type { Candidate, FileQuery, FileText } from './files/candidate.ts'
import { discover } from './files/discover.ts'
import { parseGlob } from './files/glob.ts'
import { createFileReader } from './files/read.ts'
import { isBelowTests } from './files/test-paths.ts'
import { SettingsError } from './settings/settings.ts'
import { type FileKind, fileKind, mayRead, unnamedKind } from './stacks/formats.ts'
import { carriesMarks } from './stacks/marks.ts'
import type { ReadProblem, StackFile } from './stacks/stack.ts'
import { isTemplate } from './stacks/template.ts'
import { quoted } from './text/displayable.ts'
import { type SourceText, sourceText } from './text/source.ts'
import { type CollectedGroup, collectUses } from './validation/collect.ts'
import type { ReadDefinition } from './validation/definitions.ts'
import type { Finding } from './validation/finding.ts'

export interface ReadOptions {
  readonly query: FileQuery
  readonly zenmlVersion: string | undefined
  /** Documentation and tests count like everything else. */
  readonly documentation: boolean
  readonly signal: AbortSignal
  readonly onRead: (done: number, total: number) => void
}

export interface ReadFiles {
  readonly groups: readonly CollectedGroup[]
  readonly definitions: readonly ReadDefinition[]
  /** Files that could not be read. */
  readonly findings: readonly Finding[]
  /** Number of files that hold ZenML configuration. */
  readonly files: number
}

/** Read this many files before letting others run: a progress line, a signal. */
const batch = 200

/**
 * Discovers and reads, one file at a time: a file's text is dropped as soon as its secret uses are known.
 * @throws SettingsError when a path or glob matches no file, or a glob to exclude cannot be understood.
 */
export async function readStackFiles(options: ReadOptions): Promise<ReadFiles> {
  const { query, signal, onRead } = options
  const refused = query.exclude.flatMap(refusedExclude)
  if (refused.length > 0) throw new SettingsError(refused)
  const { files, unmatched } = discover(query, path => fileKind(path) !== undefined)
  if (unmatched.length > 0) throw new SettingsError(unmatched.map(matchesNothing))
  const reader = createFileReader(query)
  const groups: CollectedGroup[] = []
  const definitions: ReadDefinition[] = []
  const findings: Finding[] = []
  let read = 0
  for (const [index, candidate] of files.entries()) {
    if (index % batch === batch - 1) {
      onRead(index, files.length)
      await new Promise(setImmediate)
    }
    signal.throwIfAborted()
    const kind = fileKind(candidate.path) ?? unnamedKind
    const text = reader.read(candidate, candidate.named ? undefined : bytes => mayHold(bytes, kind))
    if (text.kind === 'unwanted') continue
    const found = await readText(candidate, { text, kind }, options)
    groups.push(...found.groups)
    definitions.push(...found.definitions)
    findings.push(...found.findings)
    read += found.files
  }
  return { groups, definitions, findings, files: read }
}

function matchesNothing(argument: string): string {
  return `${quoted(argument)} matches no file. Give a path or glob of existing files, or none to check the whole folder.`
}

/** Left as it is, such a pattern would leave out nothing, and nobody would know. */
function refusedExclude(pattern: string): readonly string[] {
  const parsed = parseGlob(pattern)
  return typeof parsed === 'string' ? [`${quoted(pattern)} cannot be excluded. ${parsed} Correct the pattern.`] : []
}

/** Text that is not of one byte a letter is looked at by whoever reads it: what is wrong with it may have to be said. */
function mayHold(bytes: Buffer, { formats }: FileKind): boolean {
  const holds = (word: string) => bytes.includes(word, 0, 'latin1')
  return formats.some(format => mayRead(format, holds)) || isWide(bytes)
}

function isWide(bytes: Buffer): boolean {
  const [first, second] = bytes
  return first === 0 || second === 0 || (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)
}

interface Opened {
  readonly text: FileText
  readonly kind: FileKind
}

const nothing: ReadFiles = { groups: [], definitions: [], findings: [], files: 0 }

/**
 * A file of another program is nothing to report, unless it was named and cannot be read, or carries ZenML's marks. Nor is
 * what is wrong with a template of a file.
 */
async function readText(candidate: Candidate, { text, kind }: Opened, options: ReadOptions): Promise<ReadFiles> {
  const { zenmlVersion, documentation } = options
  const isTest = !documentation && isOfTests(candidate)
  const concerns = (content: string) => candidate.named || (!isTest && carriesMarks(content))
  if (text.kind === 'unreadable') {
    return concerns(text.head) ? { ...nothing, findings: [unreadable(candidate.path, text.reason)] } : nothing
  }
  const source = sourceText(candidate.path, text.content)
  const files = (await readByAll(candidate, source, kind)).map(file => {
    return { file, isListedOnly: isTest || (!documentation && file.isDocumentation === true) }
  })
  const told = files.filter(({ file, isListedOnly }) => {
    return !isListedOnly && (concerns(source.content) || (holdsAnything(file) && !isTemplate(source.content)))
  })
  return {
    groups: files.flatMap(({ file, isListedOnly }) => collectUses(file, { zenmlVersion, isListedOnly })),
    definitions: files.flatMap(({ file: { definitions = [] }, isListedOnly }) =>
      definitions.map(definition => ({ ...definition, isListedOnly })),
    ),
    findings: told.flatMap(({ file }) => file.problems.map(problem => unreadablePlace(source, problem))),
    files: files.some(({ file }) => holdsAnything(file)) ? 1 : 0,
  }
}

/** What was named is meant, wherever it lies; of a folder that was named, what lies below it counts. */
function isOfTests({ path, named, within }: Candidate): boolean {
  return !named && isBelowTests(within === undefined ? path : path.slice(within.length))
}

/**
 * What each reader finds, for a notebook has code and text; where none finds anything, the first to find anything wrong.
 * A named file is read even where its words promise nothing: what is wrong with it has to be said.
 */
async function readByAll(
  { path, named }: Candidate,
  source: SourceText,
  kind: FileKind,
): Promise<readonly StackFile[]> {
  const files: StackFile[] = []
  const holds = (word: string) => source.content.includes(word)
  for (const format of kind.formats) {
    // A reader is loaded for a file it may make something of, and for no other.
    if (!named && !mayRead(format, holds)) continue
    const reader = await format.load()
    if (!named && !(reader.matchesPath(path) && reader.matchesText(source.content))) continue
    const file = reader.read(source)
    if (file) files.push(file)
  }
  const holding = files.filter(holdsAnything)
  return holding.length > 0 ? holding : files.slice(0, 1)
}

function holdsAnything({ stacks, components = [], secrets = [], definitions = [] }: StackFile): boolean {
  return stacks.length + components.length + secrets.length + definitions.length > 0
}

function unreadable(path: string, problem: string): Finding {
  const start = { line: 1, column: 1 }
  return { kind: 'unreadable-file', problem, place: { file: path, span: { start, end: start } }, excerpt: undefined }
}

function unreadablePlace(source: SourceText, { message, span }: ReadProblem): Finding {
  return { kind: 'unreadable-file', problem: message, place: { file: source.path, span }, excerpt: undefined }
}
