import { type EmbeddedPiece, type EmbeddedText, embeddedPieces } from '../../text/embedded.ts'
import type { SourceText } from '../../text/source.ts'
import { type JsonNode, parseJson, piecesOfString } from './json.ts'

export interface NotebookCells {
  readonly code: readonly EmbeddedText[]
  readonly markdown: readonly EmbeddedText[]
}

/** The cells of a notebook, of the formats 3 and 4; `undefined` for a text that is none. */
export function cellsOf(source: SourceText): NotebookCells | undefined {
  const root = parseJson(source.content)
  if (root?.kind !== 'map') return undefined
  const sheets = itemsOf(root.entries.get('worksheets')).map(sheet => entryOf(sheet, 'cells'))
  const lists = [root.entries.get('cells'), ...sheets]
  const cells = lists.flatMap(itemsOf)
  const texts = (type: string) =>
    cells.flatMap(cell => {
      const kind = entryOf(cell, 'cell_type')
      if (kind?.kind !== 'string' || source.content.slice(kind.start, kind.end) !== type) return []
      const pieces = piecesOf(entryOf(cell, 'source') ?? entryOf(cell, 'input'), source.content)
      return pieces.length > 0 ? [embeddedPieces(source, pieces)] : []
    })
  return lists.some(list => list !== undefined) ? { code: texts('code'), markdown: texts('markdown') } : undefined
}

function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'list' ? node.items : []
}

function entryOf(node: JsonNode, key: string): JsonNode | undefined {
  return node.kind === 'map' ? node.entries.get(key) : undefined
}

/** A text, or a list of texts that are put together as they are. */
function piecesOf(node: JsonNode | undefined, content: string): readonly EmbeddedPiece[] {
  if (node?.kind === 'string') return piecesOfString(content, node)
  return itemsOf(node).flatMap(item => (item.kind === 'string' ? piecesOfString(content, item) : []))
}
