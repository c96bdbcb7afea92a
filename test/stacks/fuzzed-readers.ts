import fc from 'fast-check'
import { ciWorkflow } from '../../src/stacks/ci-workflow.ts'
import { dockerfile } from '../../src/stacks/dockerfile.ts'
import { stackExport } from '../../src/stacks/export.ts'
import { justfile } from '../../src/stacks/justfile.ts'
import { makefile } from '../../src/stacks/makefile.ts'
import { markdown } from '../../src/stacks/markdown.ts'
import { notebook } from '../../src/stacks/notebook.ts'
import { pythonFile } from '../../src/stacks/python-file.ts'
import { runConfiguration } from '../../src/stacks/run-configuration.ts'
import { shellScript } from '../../src/stacks/shell-script.ts'
import type { StackFile, StackFormat } from '../../src/stacks/stack.ts'
import { terraformFile } from '../../src/stacks/terraform-file.ts'
import { brokenWorkflow, soundWorkflow } from './ci-workflow/generate.ts'
import { brokenScript, generatedScript } from './commands/generate.ts'
import { brokenDockerfile, soundDockerfile } from './dockerfile/generate.ts'
import { brokenExport, soundExport } from './export/generate.ts'
import { brokenJustfile, soundJustfile } from './justfile/generate.ts'
import { brokenMakefile, soundMakefile } from './makefile/generate.ts'
import { brokenMarkdown, soundMarkdown } from './markdown/generate.ts'
import { brokenNotebook, soundNotebook } from './notebook/generate.ts'
import { assertPlaces } from './places.ts'
import { anyText, use } from './python/generate.ts'
import { brokenConfiguration, soundConfiguration } from './run-configuration/generate.ts'
import { brokenTerraform, soundTerraform } from './terraform/generate.ts'
import { readAs } from './written.ts'

/** Reads one file; told apart from making it up, so that its time can be taken. */
type Timed = (read: () => void) => void

interface FuzzedReader {
  readonly name: string
  readonly property: (timed: Timed) => fc.IProperty<[Sample]>
}

interface Sample {
  readonly text: string
  /** Texts that must be found, and stand where they were; `undefined` where nothing is promised. */
  readonly expected?: readonly string[] | undefined
}

interface Generators {
  readonly broken: fc.Arbitrary<string>
  readonly sound: fc.Arbitrary<Sample>
}

const head = 'import zenml\nfrom zenml.client import Client\nclient = Client()\n'
const sound = <T extends { readonly text: string; readonly references: readonly string[] }>(of: fc.Arbitrary<T>) =>
  of.map(({ text, references }) => ({ text, expected: references }))

/** Every reader of files, with what makes up files for it. */
export const fuzzedReaders: readonly FuzzedReader[] = [
  reader(stackExport, 'stack.yaml', { broken: brokenExport, sound: soundExport }),
  reader(runConfiguration, 'run.yaml', {
    broken: brokenConfiguration,
    sound: soundConfiguration.map(({ text, expected }) => ({ text, expected: expected.map(nameOf) })),
  }),
  reader(shellScript, 'setup.sh', {
    broken: brokenScript,
    sound: generatedScript.map(({ content, attributes }) => ({
      text: content,
      expected: attributes.map(({ value }) => value),
    })),
  }),
  reader(makefile, 'Makefile', { broken: brokenMakefile, sound: sound(soundMakefile) }),
  reader(justfile, 'justfile', { broken: brokenJustfile, sound: sound(soundJustfile) }),
  reader(ciWorkflow, 'ci.yml', { broken: brokenWorkflow, sound: sound(soundWorkflow) }),
  reader(dockerfile, 'Dockerfile', { broken: brokenDockerfile, sound: sound(soundDockerfile) }),
  reader(notebook, 'a.ipynb', { broken: brokenNotebook, sound: sound(soundNotebook) }),
  reader(markdown, 'README.md', { broken: brokenMarkdown, sound: sound(soundMarkdown) }),
  reader(pythonFile, 'run.py', {
    broken: anyText.map(text => head + text),
    sound: fc.array(use, { minLength: 1, maxLength: 4 }).map(uses => ({
      text: `${head}${uses.map(({ code }) => `${code}\n`).join('')}`,
      expected: uses.map(({ secret }) => secret),
    })),
  }),
  reader(terraformFile, 'main.tf', {
    broken: brokenTerraform,
    sound: soundTerraform.map(({ text, expected }) => ({ text, expected: expected.map(([value]) => value) })),
  }),
]

/** `a` of `a.b reference 1:2-1:3 …`, as the samples of run configurations tell it. */
function nameOf(row: string): string {
  return row.slice(0, row.indexOf(' ')).split('.')[0] ?? ''
}

function reader(format: StackFormat, path: string, { broken, sound: whole }: Generators): FuzzedReader {
  const files: fc.Arbitrary<Sample> = fc.oneof(
    broken.map(text => ({ text })),
    whole,
  )
  const property = (timed: Timed) =>
    fc.property(files, ({ text, expected }) => {
      let file: StackFile | undefined
      timed(() => {
        file = readAs(format, path, text)
      })
      assertPlaces(file)
      if (expected) assertFound(file, expected)
    })
  return { name: path, property }
}

function assertFound(file: StackFile | undefined, expected: readonly string[]): void {
  const attributes = (file?.components ?? []).flatMap(component => component.attributes)
  const stacked = (file?.stacks ?? []).flatMap(({ components }) => components.flatMap(({ attributes }) => attributes))
  const found = new Set<unknown>([
    ...[...attributes, ...stacked].map(({ value }) => value),
    ...(file?.secrets ?? []).map(({ secret }) => secret),
  ])
  const missed = expected.filter(text => !found.has(text))
  if (missed.length > 0) throw new Error(`${JSON.stringify(missed)} not found`)
}
