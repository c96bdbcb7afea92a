import type { Block, Expression, ObjectExpression } from './expression.ts'
import { parseExpression } from './parse-expression.ts'
import { Scanner } from './scanner.ts'
import { keyOf } from './scope.ts'

/** Reads Terraform written as JSON, whose texts are templates. JSON's objects and lists are Terraform's own, too. */
export function parseTerraformJson(text: string): readonly Block[] {
  const root = parseExpression(new Scanner(text), true)
  return entriesOf(root).flatMap(([type, value]) => blocksOf(type, value))
}

/** How many labels a block of a type has, for those that are read. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['variable', 1],
  ['locals', 0],
])

interface Labelled {
  readonly labels: readonly string[]
  readonly value: Expression
}

function blocksOf(type: string, value: Expression): readonly Block[] {
  const count = labelCounts.get(type)
  if (count === undefined) return []
  let labelled: readonly Labelled[] = [{ labels: [], value }]
  for (let label = 0; label < count; label++) {
    labelled = labelled.flatMap(outer =>
      entriesOf(outer.value).map(([name, inner]) => ({ labels: [...outer.labels, name], value: inner })),
    )
  }
  return labelled.flatMap(({ labels, value: body }) => objectsOf(body).map(object => blockOf(type, labels, object)))
}

function blockOf(type: string, labels: readonly string[], object: ObjectExpression): Block {
  const { start, end } = object
  return { type, labels, header: { start, end }, attributes: new Map(entriesOf(object)), blocks: [], start, end }
}

/** JSON may have a list of objects wherever Terraform may repeat a block. */
function objectsOf(value: Expression): readonly ObjectExpression[] {
  if (value.kind === 'object') return [value]
  return value.kind === 'list' ? value.items.filter(item => item.kind === 'object') : []
}

function entriesOf(value: Expression): readonly (readonly [string, Expression])[] {
  return objectsOf(value).flatMap(({ entries }) =>
    entries.flatMap(entry => {
      const key = keyOf(entry.key)
      return key === undefined ? [] : [[key, entry.value] as const]
    }),
  )
}
