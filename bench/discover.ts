// biome-ignore-all lint/suspicious/noTemplateCurlyInString: braces of other programs are what is searched for.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Benchmark, median } from './measure.ts'

const cli = join(import.meta.dirname, '..', 'dist/cli/index.js')
const rounds = 5
const filesPerFolder = 50

/** What a repository is made of, by the ending of its names: how often it occurs in a hundred, and a line of it. */
const endings: readonly (readonly [ending: string, share: number, line: string])[] = [
  ['py', 35, 'def train(model, data):\n    return model.fit(data, epochs=10)  # see {{ docs }}\n'],
  ['ts', 12, 'export const format = (text: string) => text.replace(/{{name}}/g, name)\n'],
  ['md', 12, 'Use the template `{{ values.name }}` in every environment.\n'],
  ['yaml', 6, '- run: docker push {{ .Values.image }}\n  env: { TOKEN: "${{ secrets.TOKEN }}" }\n'],
  ['yml', 6, '- name: Install\n  apt: { name: "{{ item }}" }\n  environment: { LANG: C }\n'],
  ['json', 8, '{"name": "package", "components": ["a", "b"]}\n'],
  ['sh', 4, 'docker images --format "{{.Repository}}" | sort\n'],
  ['tf', 3, 'resource "aws_s3_bucket" "data" { bucket = "${var.prefix}-data" }\n'],
  ['ipynb', 2, '"source": ["print(1)\\n", "{{ x }}"],\n'],
  ['css', 6, '.button { color: red; margin: 0 auto; }\n'],
  ['txt', 6, 'Some words, and then some more words, and so on to the end.\n'],
]

/** A tree of mixed files of 0.5 to 5 KiB; one in a thousand registers a component that needs a secret. */
function writeTree(folder: string, files: number): void {
  spawnSync('git', ['init', '--quiet'], { cwd: folder })
  const kinds = endings.flatMap(([ending, share, line]) => Array.from({ length: share }, () => [ending, line] as const))
  for (let file = 0; file < files; file++) {
    const directory = join(folder, `package-${Math.floor(file / filesPerFolder)}`)
    if (file % filesPerFolder === 0) mkdirSync(directory)
    const [ending, line] = kinds[(file * 37) % kinds.length] ?? ['txt', '\n']
    const size = 512 * (1 + ((file * 7) % 10))
    writeFileSync(join(directory, `file-${file}.${ending}`), line.repeat(Math.ceil(size / line.length)))
    if (file % 1000 === 0) {
      writeFileSync(
        join(directory, 'setup.sh'),
        "zenml alerter register a --flavor=slack --slack_token='{{slack.token}}'\n",
      )
    }
  }
}

interface Run {
  readonly seconds: number
  readonly mebibytes: number
}

/** One whole process that lists what needs a secret; the peak of its memory is asked of the process itself. */
function list(folder: string): Run {
  const script = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))
process.argv=[process.argv[0],${JSON.stringify(cli)},'references','--quiet']
await import(${JSON.stringify(cli)})`
  const start = performance.now()
  const { stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const seconds = (performance.now() - start) / 1000
  if (!stdout.includes('slack')) throw new Error(`Nothing was found in the tree. ${stderr}`)
  return { seconds, mebibytes: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 }
}

const ripgrep = 'rg'

/** Opens, reads and searches every file; the least that a program in Node has to do. */
const bareLoop = `import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
const buffer = Buffer.allocUnsafe(2 ** 20)
for (const entry of readdirSync('.', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue
  const descriptor = openSync(entry.parentPath + '/' + entry.name, 'r')
  buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, 0)).includes('{{')
  closeSync(descriptor)
}`

/** Seconds of `rg`; where it is not installed, a quarter of what a bare loop in Node takes, which is four times as slow. */
function search(folder: string): number {
  const start = performance.now()
  const { error } = spawnSync(ripgrep, ['-n', '\\{\\{', '.'], { cwd: folder, stdio: 'ignore' })
  if (!error) return (performance.now() - start) / 1000
  const again = performance.now()
  spawnSync(process.execPath, ['--input-type=module', '-e', bareLoop], { cwd: folder, stdio: 'inherit' })
  return (performance.now() - again) / 4000
}

interface Measured extends Run {
  readonly searchSeconds: number
}

function measure(files: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'zenml-secrets-bench-'))
  try {
    writeTree(folder, files)
    search(folder)
    list(folder)
    // One after the other, so that what else the machine does weighs on both.
    const pairs = Array.from({ length: rounds }, () => ({ searchSeconds: search(folder), ...list(folder) }))
    return {
      searchSeconds: median(pairs.map(pair => pair.searchSeconds)),
      seconds: median(pairs.map(pair => pair.seconds)),
      mebibytes: median(pairs.map(pair => pair.mebibytes)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const discovery: Benchmark = {
  title: 'Discovery in a tree of 10,000 mixed files, and ten times that',
  run: async () => {
    const small = measure(10_000)
    const large = measure(100_000)
    return [
      {
        name: 'whole process over `rg -n`, 10,000 files',
        value: small.seconds / small.searchSeconds,
        limit: 8,
        unit: '×',
      },
      { name: 'whole process, 10,000 files', value: small.seconds, limit: 4, unit: 's' },
      { name: 'ten times the files, time', value: large.seconds / small.seconds, limit: 12, unit: '×' },
      { name: 'peak memory, 100,000 files', value: large.mebibytes, limit: 200, unit: 'MiB' },
    ]
  },
}
