import type { Attribute, Component, Stack, StackFile } from '../../src/stacks/stack.ts'
import { type SourceText, sourceText } from '../../src/text/source.ts'
import { type CollectedGroup, collectUses } from '../../src/validation/collect.ts'
import type { Finding } from '../../src/validation/finding.ts'

type Part<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] }

/** A file's text in which `«` and `»` enclose the content of the one attribute that a test is about. */
interface Marked {
  readonly source: SourceText
  readonly range: { readonly start: number; readonly end: number }
}

function marked(text: string): Marked {
  const start = text.indexOf('«')
  const end = text.indexOf('»') - 1
  if (start < 0 || end < start) throw new Error('nothing is marked')
  return { source: sourceText('stack.yaml', text.replace('«', '').replace('»', '')), range: { start, end } }
}

/** `key: 'value'` on line 1, unless the marked text is given; `value` is what YAML makes of the marked content. */
interface AttributeText extends Part<Omit<Attribute, 'place' | 'range'>> {
  readonly text: string
}

interface Setting {
  readonly component?: Part<Component>
  readonly stack?: Part<Stack>
  /** As given to the run. */
  readonly zenmlVersion?: string
}

export const tracker = { type: 'experiment_tracker', name: 'mlf', flavor: 'mlflow' }
export const stackName = 'prod'

/** A stack of one component with one attribute, and what is collected of it. */
export function collectOne({ text, ...attribute }: AttributeText, setting: Setting = {}): CollectedGroup {
  const { source, range } = marked(text)
  const whole: Attribute = {
    path: ['tracking_password'],
    value: source.content.slice(range.start, range.end),
    place: { file: source.path, span: source.spanOf(range.start, range.end) },
    range,
    ...attribute,
  }
  const [collected] = collectUses(file(source, [component([whole], setting)], setting.stack), setting)
  if (!collected) throw new Error('no stack')
  return collected
}

/** The only finding of an attribute that gives no use. */
export function onlyFinding(...parameters: Parameters<typeof collectOne>): Finding {
  const { uses, findings } = collectOne(...parameters)
  const [finding, second] = findings
  if (!finding || second || uses.length > 0) throw new Error(`not one finding: ${JSON.stringify({ uses, findings })}`)
  return finding
}

export function file(source: SourceText, components: readonly Component[], stack: Part<Stack> = {}): StackFile {
  const place = { file: source.path, span: source.spanOf(0, 0) }
  return {
    source,
    stacks: [{ name: stackName, zenmlVersion: '0.98.0', place, components, ...stack }],
    problems: [],
  }
}

export function component(attributes: readonly Attribute[], { component: parts }: Setting = {}): Component {
  const place = { file: 'stack.yaml', span: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } }
  return { ...tracker, id: undefined, place, attributes, nameAttribute: undefined, ...parts }
}

/** `stack.yaml` from one column of a line to another. */
export function at(line: number, column: number, endColumn: number, endLine = line) {
  return { file: 'stack.yaml', span: { start: { line, column }, end: { line: endLine, column: endColumn } } }
}
