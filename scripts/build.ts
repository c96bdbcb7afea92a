/**
 * Builds `dist/`: `tsc` emits JavaScript, ncc bundles it once but for the YAML library, terser makes every chunk small
 * (ncc itself does so with the first one only), and the entries become stubs over that bundle.
 */
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { minify } from 'terser'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

interface Bundle {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>
}

type Ncc = (entry: string, options: Readonly<Record<string, unknown>>) => Promise<Bundle>

const stub = (name: string) => `import { ${name} } from '../bundle/index.js'\n\nawait ${name}()\n`

const libraryNames = [
  'check',
  'findSecretUses',
  'openSecretStore',
  'parseReference',
  'SecretStoreError',
  'SettingsError',
]

const entries: Readonly<Record<string, string>> = {
  'cli/index.js': `#!/usr/bin/env node\n${stub('cli')}`,
  'action/index.js': stub('action'),
  'index.js': `import { library } from './bundle/index.js'\n\nexport const { ${libraryNames.join(', ')} } = await library()\n`,
}

async function emit(): Promise<void> {
  await rm(join(root, 'build'), { recursive: true, force: true })
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
  await run(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json')]).catch(fault => {
    process.stderr.write(fault.stdout)
    throw new Error('The types do not check; see above.')
  })
}

/**
 * On Node the YAML library answers with CommonJS, a wrapper a file, which a bundler can neither join nor shake: it
 * costs a tenth of the start. Its ES modules, made for browsers, are the same code.
 */
async function preferModules(): Promise<void> {
  const library = join(dirname(require.resolve('yaml/package.json')), 'browser', 'dist', 'index.js')
  const folder = join(root, 'build', 'yaml')
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const specifier = relative(folder, library).split(sep).join('/')
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll("from 'yaml'", `from '${specifier}'`))
  }
}

/**
 * `@actions/core` does nothing when it is loaded, but does not say so, which keeps a bundler from leaving out what is not
 * used of it: an HTTP client, half of the start of the action. This copy says so.
 */
async function declarePure(): Promise<void> {
  const name = join('node_modules', '@actions', 'core')
  const copy = join(root, 'build', name)
  await cp(join(root, name), copy, { recursive: true, dereference: true })
  const path = join(copy, 'package.json')
  const contents: unknown = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify(Object.assign({ sideEffects: false }, contents)))
}

const library = 'yaml.cjs'

/**
 * Nearly every file is read without the YAML library, so it gets a file of its own. It is needed in the middle of
 * reading, which does not wait, so that file is CommonJS, which loads in place.
 */
async function postponeLibrary(): Promise<void> {
  const folder = join(root, 'build', 'yaml')
  const parse = join(folder, 'parse.js')
  const call = `exports.parseWithLibrary = text => require('./${library}').parseWithLibrary(text)\n`
  await writeFile(join(folder, 'postponed.cjs'), call)
  await writeFile(parse, (await readFile(parse, 'utf8')).replace('./parse-with-library.js', './postponed.cjs'))
}

/** Once bundled, the program cannot read its documentation any more, so that the pages themselves are put into it. */
async function embedPages(): Promise<void> {
  const folder = join(root, 'docs', 'findings')
  const kinds = (await readdir(folder)).filter(name => name.endsWith('.md') && name !== 'README.md').sort()
  const read = async (name: string) => [name.slice(0, -'.md'.length), await readFile(join(folder, name), 'utf8')]
  const pages = JSON.stringify(await Promise.all(kinds.map(read)))
  const code = `const pages = new Map(${pages})\nexport const pageOf = kind => pages.get(kind) ?? ''\n`
  await writeFile(join(root, 'build', 'cli', 'commands', 'explain', 'pages.js'), code)
}

/** The library's declarations and those they import, with the names that files have in `dist/`. */
async function declarations(): Promise<readonly (readonly [string, string])[]> {
  const files: (readonly [string, string])[] = []
  const waiting = ['index.d.ts']
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const text = await readFile(join(root, 'build', name), 'utf8')
    const path = name === 'index.d.ts' ? name : join('types', name)
    for (const [, target = ''] of text.matchAll(/from '(\.[^']*)\.[jt]s'/g)) {
      const found = `${join(dirname(name), target)}.d.ts`
      if (!waiting.includes(found) && !files.some(([done]) => done === join('types', found))) waiting.push(found)
    }
    const below = name === 'index.d.ts' ? "'./types/" : "'./"
    files.push([path, text.replace(/'\.\/([^']*)\.[jt]s'/g, `${below}$1.js'`)])
  }
  return files
}

async function bundle(): Promise<ReadonlyMap<string, string | Buffer>> {
  const ncc: Ncc = require('@vercel/ncc')
  const common = { cache: false, minify: false, target: 'es2022', license: licenses, quiet: true }
  const main = await ncc(join(root, 'build', 'bundle.js'), { ...common, esm: true, externals: [`./${library}`] })
  const postponed = await ncc(join(root, 'build', 'yaml', 'parse-with-library.js'), { ...common, esm: false })
  const files: [string, string | Buffer][] = [
    ['bundle/index.js', await small(main.code)],
    [`bundle/${library}`, await small(postponed.code)],
  ]
  for (const [name, { source }] of Object.entries(main.assets)) {
    files.push([`bundle/${name}`, name.endsWith('.js') ? await small(source.toString()) : source])
  }
  const texts = [main, postponed].map(({ assets }) => assets[licenses]?.source.toString() ?? '')
  files.push(...(await declarations()).map(([name, text]): [string, string] => [name, text]))
  return new Map([...files, [`bundle/${licenses}`, texts.join('\n\n')], ...Object.entries(entries)])
}

const licenses = 'licenses.txt'

/**
 * Every module is called as soon as it is loaded, so its function is written as an argument in parentheses: what V8
 * takes as the hint to compile it at once, instead of reading it twice. A tenth of the start.
 */
async function small(code: string): Promise<string> {
  const hinted = code.replace(/^(\/\*{3}\/ \d+:\n\/\*{3}\/ )\(\((.*?)\) => \{$/gm, '$1Object(function ($2) {')
  const format = { ascii_only: true, comments: false, wrap_func_args: true }
  const result = await minify(hinted, { module: true, ecma: 2020, compress: { passes: 2 }, format })
  return `${result.code ?? ''}\n`
}

async function write(files: ReadonlyMap<string, string | Buffer>): Promise<void> {
  await rm(dist, { recursive: true, force: true })
  for (const [name, content] of files) {
    const path = join(dist, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  await chmod(join(dist, 'cli/index.js'), 0o755)
}

await emit()
await preferModules()
await postponeLibrary()
await declarePure()
await embedPages()
await write(await bundle())
