import type { Token } from './token.ts'

/** One name that an import statement binds, and what it stands for in full. */
export interface ImportedName {
  readonly name: string
  readonly path: string
}

export interface ImportStatement {
  readonly names: readonly ImportedName[]
  /** Index of the token after the statement. */
  readonly next: number
}

/** Reads `import a.b`, `import a as b` and `from a import b as c`, with or without brackets, from its first word on. */
export function readImport(tokens: readonly Token[], index: number): ImportStatement {
  let next = index
  while (next < tokens.length && !isEnd(tokens[next])) next++
  const statement = tokens.slice(index + 1, next).filter(({ kind }) => kind === 'name' || kind === 'operator')
  return { names: tokens[index]?.text === 'from' ? namesFrom(statement) : modulesOf(statement), next }
}

function isEnd(token: Token | undefined): boolean {
  return token?.kind === 'newline' || token?.text === ';'
}

function modulesOf(tokens: readonly Token[]): readonly ImportedName[] {
  return splitAtCommas(tokens).flatMap(part => {
    const { path, alias } = pathAndAlias(part)
    if (path === '') return []
    const [first = ''] = path.split('.', 1)
    return alias === undefined ? [{ name: first, path: first }] : [{ name: alias, path }]
  })
}

function namesFrom(tokens: readonly Token[]): readonly ImportedName[] {
  const at = tokens.findIndex(({ text }) => text === 'import')
  if (at < 0) return []
  const module = pathAndAlias(tokens.slice(0, at)).path
  return splitAtCommas(tokens.slice(at + 1)).flatMap(part => {
    const { path, alias } = pathAndAlias(part)
    return path === '' || path === '*' ? [] : [{ name: alias ?? path, path: `${module}.${path}` }]
  })
}

function pathAndAlias(tokens: readonly Token[]): { readonly path: string; readonly alias: string | undefined } {
  const as = tokens.findIndex(({ text }) => text === 'as')
  const path = as < 0 ? tokens : tokens.slice(0, as)
  return { path: path.map(({ text }) => text).join(''), alias: as < 0 ? undefined : tokens[as + 1]?.text }
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',') parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
