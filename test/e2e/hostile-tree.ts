import fc from 'fast-check'
import { hostileText } from '../reports/hostile.ts'
import { secretsFile } from './stack-files.ts'

/** Files of a repository that someone with bad intentions wrote, by path, and a secrets file beside them. */
export type HostileTree = Readonly<Record<string, string>>

/** A part of every value in the secrets file. */
export const canary = 'hunter2-canary-value'

/** Names a file system takes: no slash, no NUL, at most 255 bytes, readable as UTF-8. */
const fileName = hostileText
  .map(text => `${[...text.replaceAll(/[/\0]|\p{Cs}/gu, '')].slice(0, 40).join('')}.yaml`)
  .filter(name => name !== '.yaml')

/** A stack whose names come from `texts`, so that some secrets are there and some nearly. */
const stackOf = (texts: fc.Arbitrary<string>) =>
  fc
    .record({
      stackName: hostileText,
      componentName: hostileText,
      componentType: fc.oneof(fc.constant('alerter'), hostileText),
      flavor: fc.oneof(fc.constant('slack'), hostileText),
      attributes: fc.array(fc.tuple(hostileText, texts, texts), { minLength: 1, maxLength: 3 }),
      shape: fc.constantFrom(reference, reference, (name: string) => name),
      version: fc.oneof(fc.constant('0.22.0'), hostileText),
    })
    .map(({ stackName, componentName, componentType, flavor, attributes, shape, version }) => {
      const configuration = Object.fromEntries(attributes.map(([name, secret, key]) => [name, shape(secret, key)]))
      const components = Object.fromEntries([
        [componentType, { configuration, flavor, name: componentName, type: componentType }],
        ['secrets_manager', { configuration: { x: reference(stackName, 'k') }, flavor: 'local', name: 'sm' }],
      ])
      return `${JSON.stringify({ components, stack_name: stackName, zenml_version: version }, undefined, 1)}\n`
    })

const reference = (name: string, key: string) => `{{${name}.${key}}}`

/** What a reference can name. */
function referable(text: string): string {
  return text.replaceAll(/[\s.\p{Cc}]/gu, '') || 'x'
}

/** Not YAML, and all the same with the marks that make us say so. */
const broken = fc
  .tuple(hostileText, fc.constantFrom('"', '[', '%', '&', '*', '!', '@', '\t', ': : ', '? '))
  .map(([text, start]) => `components:\nstack_name: x\nzenml_version: 0.22.0\n${start}${text}: {{${text}.${text}}}\n`)

export const hostileTree: fc.Arbitrary<HostileTree> = fc
  .array(hostileText.map(referable), { minLength: 8, maxLength: 8 })
  .chain(pool => {
    const texts = fc.oneof(fc.constantFrom(...pool), hostileText)
    const content = fc.oneof({ weight: 4, arbitrary: stackOf(texts) }, broken)
    const files = fc.uniqueArray(fc.tuple(fileName, content), {
      minLength: 25,
      maxLength: 35,
      selector: ([name]) => name.normalize('NFC').toLowerCase(),
    })
    return fc.tuple(files, fc.array(fc.tuple(texts, texts), { minLength: 4, maxLength: 8 }))
  })
  .map(([files, names]) => {
    const secrets = names.map(([name, key]) => [name, { [key]: canary }])
    const stacks = files.map(([name, content]) => [`stacks/${name}`, content])
    return { ...Object.fromEntries(stacks), 'secrets.txt': secretsFile(Object.fromEntries(secrets)) }
  })
