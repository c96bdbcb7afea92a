import type { SourceText } from '../text/source.ts'
import type { YamlFile } from './node.ts'
import { parseWithLibrary } from './parse-with-library.ts'
import { readSimpleYaml } from './simple-yaml.ts'

/**
 * Reads a text as YAML, JSON included, in linear time and within `limits`. Lenient: duplicate keys are all kept, tags
 * are ignored and never executed, aliases are not expanded. What cannot be read is in `problems`. Never throws.
 */
export function parseYaml({ content }: SourceText): YamlFile {
  const simple = readSimpleYaml(content)
  return simple ? { documents: [simple], problems: [] } : parseWithLibrary(content)
}
