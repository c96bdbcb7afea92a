import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { findingKinds, findingPage } from '../src/validation/finding-info.ts'

const root = join(import.meta.dirname, '..')

interface Import {
  readonly target: string
  readonly typeOnly: boolean
  readonly dynamic: boolean
}

interface Module {
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly functions: readonly { readonly line: number; readonly lines: number; readonly parameters: number }[]
  readonly anys: readonly number[]
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return offset => starts.findLastIndex(start => start <= offset) + 1
}

function readModule(path: string): Module {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, module, errors } = parseSync(path, text)
  expect(errors, path).toEqual([])
  const lineOf = lineCounter(text)
  const functions: Module['functions'][number][] = []
  const anys: number[] = []
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    target: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    dynamic: false,
  }))
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) imports.push({ target: moduleRequest.value, typeOnly: isType, dynamic: false })
    }
  }
  const measure = (node: { start: number; end: number; params: readonly unknown[] }) => {
    const line = lineOf(node.start)
    functions.push({ line, lines: lineOf(node.end) - line + 1, parameters: node.params.length })
  }
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
    TSAnyKeyword: node => anys.push(lineOf(node.start)),
    ImportExpression: ({ source }) => {
      expect(source.type, `${path}: what is imported must be written out`).toBe('Literal')
      if (source.type === 'Literal') imports.push({ target: String(source.value), typeOnly: false, dynamic: true })
    },
  }).visit(program)
  return { path, lines: text.split('\n').length - 1, imports, functions, anys }
}

const modules = filesBelow('src').map(readModule)
const byPath = new Map(modules.map(module => [module.path, module]))

/** Path in the repository of a relative import; `undefined` for a package. */
function resolved(from: string, target: string): string | undefined {
  return target.startsWith('.') ? join(dirname(from), target).split(sep).join('/') : undefined
}

/** The room of a path: its folder below `src`, or the file's own name for those that lie directly in it. */
function roomOf(path: string): string {
  return path.split('/')[1] ?? ''
}

/** Design: who may import whom. A room may always import itself. `types`: only `import type` of these. */
const directions: Readonly<Record<string, { readonly rooms: readonly string[]; readonly types?: readonly string[] }>> =
  {
    text: { rooms: [] },
    http: { rooms: [] },
    yaml: { rooms: ['text'] },
    files: { rooms: ['text'] },
    zenml: { rooms: ['http', 'text'] },
    references: { rooms: ['text'] },
    catalog: { rooms: [] },
    stacks: { rooms: ['text', 'yaml', 'references', 'catalog', 'zenml'] },
    backends: { rooms: ['http', 'zenml', 'yaml', 'files', 'text'] },
    validation: { rooms: ['text', 'references', 'catalog'], types: ['stacks', 'backends'] },
    reports: { rooms: ['text', 'validation'], types: ['stacks'] },
    settings: { rooms: ['text', 'files', 'yaml', 'stacks', 'backends', 'reports', 'validation'] },
    github: { rooms: ['reports', 'text'], types: ['validation'] },
  }

/** Modules that read or write values: the stores and what only they need. */
const holdsValues = /\/(?:secret-store|store-loader|store|secret-values|stored-values|manager-store)\.ts$/

/** Engine files directly in `src`: all rooms but the surfaces. */
const surfaces: readonly string[] = ['github', 'action', 'cli', 'library']
const mayImportAnything: readonly string[] = ['action', 'cli', 'library', 'bundle.ts', 'index.ts']

/** Packages that one place alone may import, and how. */
const homes: readonly { readonly package: RegExp; readonly home: string; readonly lazily?: true }[] = [
  { package: /^yaml$/, home: 'src/yaml/' },
  { package: /^@actions\/core$/, home: 'src/action/' },
  { package: /^@actions\/github$/, home: 'src/github/', lazily: true },
  { package: /^commander$/, home: 'src/cli/' },
  { package: /^@inquirer\//, home: 'src/cli/', lazily: true },
  { package: /^(@aws-sdk|@smithy|@azure|@google-cloud)\/|^google-auth-library$/, home: 'src/backends/', lazily: true },
]

describe('the architecture', () => {
  it('has modules to look at', () => {
    expect(modules.length).toBeGreaterThan(50)
  })

  it.each(modules.map(module => [module.path, module] as const))(
    '%s imports only what its room may',
    (path, module) => {
      const room = roomOf(path)
      if (mayImportAnything.includes(room)) return
      const rule = directions[room]
      if (path.split('/').length > 2) expect(rule, `the room ${room} has no rule`).toBeDefined()
      const wrong = module.imports.filter(({ target, typeOnly }) => {
        const other = resolved(path, target)
        if (other === undefined || roomOf(other) === room) return false
        if (!rule) return surfaces.includes(roomOf(other))
        const allowed = rule.rooms.includes(roomOf(other)) || (typeOnly && rule.types?.includes(roomOf(other)))
        return !allowed
      })
      expect(wrong).toEqual([])
    },
  )

  it('keeps every package to its one place', () => {
    const wrong = modules.flatMap(({ path, imports }) =>
      imports.flatMap(({ target, typeOnly, dynamic }) => {
        const rule = homes.find(candidate => candidate.package.test(target))
        if (!rule || (path.startsWith(rule.home) && (!rule.lazily || dynamic || typeOnly))) return []
        return [`${path} imports ${target}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('has no import cycle, not even of types', () => {
    const done = new Set<string>()
    const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
      if (done.has(path)) return undefined
      done.add(path)
      for (const { target } of byPath.get(path)?.imports ?? []) {
        const next = resolved(path, target)
        const cycle = next === undefined ? undefined : visit(next, [...trail, path])
        if (cycle) return cycle
      }
      return undefined
    }
    expect(modules.map(({ path }) => visit(path, [])).find(cycle => cycle !== undefined)).toBeUndefined()
  })

  it('imports files that exist, by their full name', () => {
    const dangling = modules.flatMap(({ path, imports }) =>
      imports.flatMap(({ target }) => {
        const file = resolved(path, target)
        return file !== undefined && !byPath.has(file) ? [`${path} imports ${target}`] : []
      }),
    )
    expect(dangling).toEqual([])
  })

  it('keeps files to 300 lines, with a median under 100', () => {
    expect(modules.filter(({ lines }) => lines > 300).map(({ path }) => path)).toEqual([])
    const sizes = modules.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(100)
  })

  it('keeps functions to 60 lines and three parameters', () => {
    const long = modules.flatMap(({ path, functions }) =>
      functions
        .filter(({ lines, parameters }) => lines > 60 || parameters > 3)
        .map(({ line, lines, parameters }) => `${path}:${line} ${lines} lines, ${parameters} parameters`),
    )
    expect(long).toEqual([])
  })

  it('keeps what can hold a value of a secret out of reach of a check', () => {
    const reached = new Set<string>()
    const waiting = ['src/check.ts']
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (reached.has(path)) continue
      reached.add(path)
      for (const { target } of byPath.get(path)?.imports ?? []) waiting.push(resolved(path, target) ?? '')
    }
    const holders = modules.map(({ path }) => path).filter(path => holdsValues.test(path))
    expect(holders.length).toBeGreaterThan(10)
    expect(holders.filter(path => reached.has(path))).toEqual([])
    expect(reached.size).toBeGreaterThan(200)
  })

  it('never says any', () => {
    expect(modules.flatMap(({ path, anys }) => anys.map(line => `${path}:${line}`))).toEqual([])
  })
})

describe('the documentation', () => {
  it.each(findingKinds)('has a page about %s', kind => {
    const page = readFileSync(join(root, findingPage(kind)), 'utf8')
    expect(page.split('\n')[0]).toBe(`# ${kind}`)
  })

  it('has no page about a kind that does not exist', () => {
    const pages = readdirSync(join(root, 'docs/findings')).filter(name => name !== 'README.md')
    expect(pages.sort()).toEqual(findingKinds.map(kind => `${kind}.md`).sort())
  })
})

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

  it('ships bundles, so that installing it installs nothing else', () => {
    expect(manifest.dependencies ?? {}).toEqual({})
  })

  it('names only files that exist', () => {
    const named = [...Object.values<string>(manifest.bin), ...manifest.files]
    expect(named.filter(path => !existsSync(join(root, path)))).toEqual([])
  })
})
