import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

export type Root = ReturnType<typeof fromMarkdown>
export type Nodes = Root | Root['children'][number]

/** Markdown as GitHub reads it: CommonMark with all GFM extensions. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

/** The page it becomes, HTML of the text itself included. */
export function htmlOf(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
}

/** A node and all below it. */
export function* nodesOf(node: Nodes | undefined): Generator<Nodes> {
  if (!node) return
  yield node
  if ('children' in node) for (const child of node.children) yield* nodesOf(child)
}

/** Texts outside code that GitHub makes more of after Markdown has been read. */
export function textsThatWouldAct(node: Nodes | undefined): readonly string[] {
  return [...nodesOf(node)].flatMap(part => (part.type === 'text' && acts.test(part.value) ? [part.value] : []))
}

/** Mentions, issue numbers, addresses, emoji, hashes of commits, mathematics. */
const acts = /[@\uff20]|#\d|\bGH-\d|:\/\/|www\.\w|:[\w+-]+:|\b[0-9a-f]{7,}\b|\$/i
