import { resolve } from 'node:path'
import { displayable, quoted } from '../text/displayable.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Output } from './settings.ts'

export interface OutputRequest<F extends string> {
  /** The formats there are; the first is the one for standard output where none is asked for it. */
  readonly formats: readonly F[]
  /** `FORMAT` or `FORMAT=FILE`, in the order given. */
  readonly texts: readonly string[]
  /** Absolute path that takes the place of standard output. */
  readonly instead: string | undefined
  readonly cwd: string
}

/**
 * Works out what is written where. The result begins with what goes to standard output, or to the file that takes its
 * place. Problems are sentences.
 */
export function readOutputs<F extends string>(
  request: OutputRequest<F>,
): { readonly outputs: readonly Output<F>[]; readonly problems: readonly string[] } {
  const problems: string[] = []
  const asked: Output<F>[] = []
  for (const text of request.texts) {
    const output = readOutput(text, request)
    if (typeof output === 'string') problems.push(output)
    else asked.push(output)
  }
  const main = asked.filter(output => output.file === undefined)
  const [first, second] = main
  if (first !== undefined && second !== undefined) problems.push(severalMain(first.format, second.format))
  const format = first?.format ?? request.formats[0]
  const outputs = [
    ...(format === undefined ? [] : [{ format, file: request.instead }]),
    ...asked.filter(output => output.file !== undefined),
  ]
  return { outputs, problems: [...problems, ...sharedFiles(outputs)] }
}

function readOutput<F extends string>(text: string, { formats, cwd }: OutputRequest<F>): Output<F> | string {
  const equals = text.indexOf('=')
  const word = equals < 0 ? text : text.slice(0, equals)
  const format = formats.find(name => name === word)
  if (format === undefined) {
    const near = didYouMean(word, formats)
    const hint = near === undefined ? '' : ` Did you mean ${near}?`
    return `--format does not take ${quoted(word)}. Use one of ${formats.join(', ')}.${hint}`
  }
  const file = text.slice(equals + 1)
  if (equals >= 0 && file === '') return `--format ${format}= names no file. Give one, or leave the = out.`
  return { format, file: equals < 0 ? undefined : resolve(cwd, file) }
}

function severalMain(first: string, second: string): string {
  return (
    `--format ${first} and --format ${second} both go to standard output. ` +
    `Write one of them to a file: --format ${second}=FILE.`
  )
}

function sharedFiles(outputs: readonly Output<string>[]): readonly string[] {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { file } of outputs) {
    if (file === undefined) continue
    if (seen.has(file)) shared.add(file)
    seen.add(file)
  }
  return [...shared].map(file => `Two reports would be written to "${displayable(file)}". Give each its own file.`)
}
