import type { Candidate, FileQuery } from './files/candidate.ts'
import { discover } from './files/discover.ts'
import { parseGlob } from './files/glob.ts'
import { createFileReader } from './files/read.ts'
import { SettingsError } from './settings/settings.ts'
import { stackExport } from './stacks/export.ts'
import { carriesMarks } from './stacks/marks.ts'
import type { ReadProblem, StackFile, StackFormat } from './stacks/stack.ts'
import { quoted } from './text/displayable.ts'
import { type SourceText, sourceText } from './text/source.ts'
import { type CollectedStack, collectUses } from './validation/collect.ts'
import type { Finding } from './validation/finding.ts'

/** The kinds of files we read, in the order in which they are asked. */
const formats: readonly StackFormat[] = [stackExport]

export interface ReadOptions {
  readonly query: FileQuery
  readonly zenmlVersion: string | undefined
  readonly signal: AbortSignal
  readonly onRead: (done: number, total: number) => void
}

export interface ReadFiles {
  readonly stacks: readonly CollectedStack[]
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
export async function readStackFiles({ query, zenmlVersion, signal, onRead }: ReadOptions): Promise<ReadFiles> {
  const refused = query.exclude.flatMap(refusedExclude)
  if (refused.length > 0) throw new SettingsError(refused)
  const { files, unmatched } = discover(query, path => formats.some(format => format.matchesPath(path)))
  if (unmatched.length > 0) throw new SettingsError(unmatched.map(matchesNothing))
  const reader = createFileReader(query)
  const stacks: CollectedStack[] = []
  const findings: Finding[] = []
  let read = 0
  for (const [index, candidate] of files.entries()) {
    if (index % batch === batch - 1) {
      onRead(index, files.length)
      await new Promise(setImmediate)
    }
    signal.throwIfAborted()
    const found = readCandidate(candidate, reader)
    findings.push(...found.findings)
    if (!found.file) continue
    stacks.push(...collectUses(found.file, zenmlVersion))
    read++
  }
  return { stacks, findings, files: read }
}

function matchesNothing(argument: string): string {
  return `${quoted(argument)} matches no file. Give a path or glob of existing files, or none to check the whole folder.`
}

/** Left as it is, such a pattern would leave out nothing, and nobody would know. */
function refusedExclude(pattern: string): readonly string[] {
  const parsed = parseGlob(pattern)
  return typeof parsed === 'string' ? [`${quoted(pattern)} cannot be excluded. ${parsed} Correct the pattern.`] : []
}

interface FoundFile {
  readonly file: StackFile | undefined
  readonly findings: readonly Finding[]
}

/** A file of another program is nothing to report, unless it was named and cannot be read, or carries ZenML's marks. */
function readCandidate(candidate: Candidate, reader: ReturnType<typeof createFileReader>): FoundFile {
  const text = reader.read(candidate)
  if (text.kind === 'unreadable') {
    const concerns = candidate.named || carriesMarks(text.head)
    return { file: undefined, findings: concerns ? [unreadable(candidate.path, text.reason)] : [] }
  }
  const source = sourceText(candidate.path, text.content)
  const file = firstFormat(candidate, source)
  if (!file) return { file: undefined, findings: [] }
  const concerns = file.stacks.length > 0 || candidate.named || carriesMarks(source.content)
  const findings = concerns ? file.problems.map(problem => unreadablePlace(source, problem)) : []
  return { file: file.stacks.length > 0 ? file : undefined, findings }
}

/** A named file is read even where its name or its words promise nothing: what is wrong with it has to be said. */
function firstFormat({ path, named }: Candidate, source: SourceText): StackFile | undefined {
  for (const format of formats) {
    if (!named && !(format.matchesPath(path) && format.matchesText(source.content))) continue
    const file = format.read(source)
    if (file) return file
  }
  return undefined
}

function unreadable(path: string, problem: string): Finding {
  const start = { line: 1, column: 1 }
  return { kind: 'unreadable-file', problem, place: { file: path, span: { start, end: start } }, excerpt: undefined }
}

function unreadablePlace(source: SourceText, { message, span }: ReadProblem): Finding {
  return { kind: 'unreadable-file', problem: message, place: { file: source.path, span }, excerpt: undefined }
}
