import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** Markdown as GitHub reads it: CommonMark with all GFM extensions. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
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
