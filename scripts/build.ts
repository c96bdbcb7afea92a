/**
 * Builds `dist/`: `tsc` emits JavaScript, ncc bundles it once, terser makes every chunk small (ncc itself does so with
 * the first one only), and the entries become stubs over that bundle.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
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

async function small(code: string): Promise<string> {
  const result = await minify(code, { module: true, ecma: 2020, compress: { passes: 2 }, format: { comments: false } })
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
await write(await bundle())
