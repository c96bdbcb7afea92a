/**
 * Builds `dist/`: `tsc` emits JavaScript, ncc bundles it once, terser makes every chunk small (ncc itself does so with
 * the first one only), and the entries become stubs over that bundle.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
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

const entries: Readonly<Record<string, string>> = {
  'cli/index.js': `#!/usr/bin/env node\n${stub('cli')}`,
  'action/index.js': stub('action'),
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

async function bundle(): Promise<ReadonlyMap<string, string | Buffer>> {
  const ncc: Ncc = require('@vercel/ncc')
  const options = { cache: false, minify: false, esm: true, target: 'es2022', license: 'licenses.txt', quiet: true }
  const { code, assets } = await ncc(join(root, 'build', 'bundle.js'), options)
  const files: [string, string | Buffer][] = [['bundle/index.js', await small(code)]]
  for (const [name, { source }] of Object.entries(assets)) {
    files.push([`bundle/${name}`, name.endsWith('.js') ? await small(source.toString()) : source])
  }
  return new Map([...files, ...Object.entries(entries)])
}

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
await write(await bundle())
