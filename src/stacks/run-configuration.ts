import type { SourceText } from '../text/source.ts'
import type { YamlNode } from '../yaml/node.ts'
import { parseYaml } from '../yaml/parse.ts'
import { resolve } from '../yaml/resolve.ts'
import { createReading, type Reading } from './export/reading.ts'
import { describesApi } from './marks.ts'
import { type ReadPipeline, readPipeline } from './run-configuration/read-pipeline.ts'
import { isRunConfiguration } from './run-configuration/recognise.ts'
import { runConfigurationWords } from './run-configuration/words.ts'
import type { StackFile, StackFormat } from './stack.ts'

/** Files that `pipeline.with_options(config_path=…)` and `zenml pipeline run --config` read. */
export const runConfiguration: StackFormat = {
  name: 'run-configuration',
  matchesPath: path => /\.(?:ya?ml|json)$/.test(path.slice(-5).toLowerCase()),
  matchesText: content =>
    [needs, runConfigurationWords].every(list => list.some(word => content.includes(word))) &&
    marks.test(content) &&
    !describesApi(content),
  read: readConfiguration,
}

/** Whatever is recognised has one of these at the start of a line, or quoted as in JSON; workflows have theirs indented. */
const marks =
  /(?:^|[\n\r"'])(?:steps|settings|enable_|run_name|model_config|cache_policy|execution_mode|substitutions|step_input|skip_succ|(?:init|cleanup|failure|success|start|end)_hook)/

/** What a file must hold for there to be anything to report. */
const needs: readonly string[] = ['secrets', 'environment', '{{']

function readConfiguration(source: SourceText): StackFile | undefined {
  const { documents, problems } = parseYaml(source)
  const reading = createReading(source)
  const pipelines = documents.flatMap(document => readDocument(document, reading) ?? [])
  const secrets = pipelines.flatMap(pipeline => pipeline.secrets)
  const components = pipelines.flatMap(({ component }) => component ?? [])
  if (secrets.length === 0 && components.length === 0) return undefined
  const inYaml = problems.map(({ message, start, end }) => ({ message, span: source.spanOf(start, end) }))
  return { source, stacks: [], components, secrets, problems: [...inYaml, ...reading.problems] }
}

function readDocument(document: YamlNode, reading: Reading): ReadPipeline | undefined {
  const root = resolve(document)
  return root?.kind === 'map' && isRunConfiguration(root, reading) ? readPipeline(root, reading) : undefined
}
