import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findFlavor } from '../../src/catalog/catalog.ts'
import type { Era } from '../../src/catalog/era.ts'

interface RawFlavor {
  readonly fields: readonly string[]
  readonly sensitive: readonly string[]
  readonly secretStr?: readonly string[]
  readonly referenceRejected: readonly string[]
  readonly referenceTypeRejected?: readonly string[]
  readonly rejectedAs?: Readonly<Record<string, string>>
  readonly referenceResolvedOnLoad?: readonly string[]
  readonly secretNameFields: Readonly<Record<string, { readonly requiredKeys?: readonly string[] }>>
}

const sources: readonly (readonly [Era, string])[] = [
  ['central', 'flavors-0.98.json'],
  ['secrets-manager', 'flavors-0.22.json'],
]
const rawFlavors = sources.flatMap(([era, file]) =>
  Object.entries(readRaw(file)).flatMap(([type, flavors]) =>
    Object.entries(flavors).map(([name, raw]) => ({ era, type, name, raw })),
  ),
)

describe('the catalog', () => {
  it('holds what ZenML answered about every flavor of both eras', () => {
    expect(rawFlavors).toHaveLength(82 + 42)
    for (const { era, type, name, raw } of rawFlavors) {
      const flavor = findFlavor(era, type, name)
      expect(flavor, `${era} ${type} ${name}`).toMatchObject({ type, name })
      expect(new Set(flavor?.sensitive)).toEqual(new Set([...raw.sensitive, ...(raw.secretStr ?? [])]))
      expect(new Set(flavor?.secretNames.keys())).toEqual(new Set(Object.keys(raw.secretNameFields)))
      for (const attribute of raw.fields) {
        expect(flavor?.refusesReferences.get(attribute), `${type} ${name} ${attribute}`).toBe(refusal(raw, attribute))
      }
      expect(raw.fields).toEqual(expect.arrayContaining([...(flavor?.refusesReferences.keys() ?? [])]))
    }
  })

  it('holds the keys and the attributes resolved early that were recorded from ZenML 0.98', () => {
    for (const { era, type, name, raw } of rawFlavors.filter(flavor => flavor.era === 'central')) {
      const flavor = findFlavor(era, type, name)
      const keys = Object.entries(raw.secretNameFields).map(([attribute, field]) => [attribute, field.requiredKeys])
      expect(flavor?.secretNames).toEqual(new Map(keys as [string, readonly string[]][]))
      expect(flavor?.resolvedWhileBuilt, `${type} ${name}`).toEqual(new Set(raw.referenceResolvedOnLoad))
    }
  })

  it('gives a flavor as a whole', () => {
    expect(findFlavor('central', 'artifact_store', 's3')).toEqual({
      type: 'artifact_store',
      name: 's3',
      sensitive: new Set(['key', 'secret', 'token']),
      refusesReferences: new Map([
        ['client_kwargs', 'validator'],
        ['path', 'validator'],
        ['config_kwargs', 'type'],
        ['s3_additional_kwargs', 'type'],
      ]),
      resolvedWhileBuilt: new Set(),
      secretNames: new Map([['authentication_secret', ['aws_access_key_id', 'aws_secret_access_key']]]),
    })
  })

  it.each<[string, string, readonly string[]]>([
    ['experiment_tracker', 'wandb', ['run_id']],
    ['orchestrator', 'databricks', ['client_id', 'client_secret', 'docker_image_password', 'docker_image_username']],
    ['step_operator', 'azureml', ['compute_target_name']],
    ['sandbox', 'modal', ['token_id', 'token_secret']],
    ['orchestrator', 'vm_lambda', ['infra']],
    ['artifact_store', 'digitalocean', ['region']],
    ['alerter', 'slack', []],
  ])("knows what today's %s %s resolves while it is built", (type, name, attributes) => {
    expect(findFlavor('central', type, name)?.resolvedWhileBuilt).toEqual(new Set(attributes))
  })

  it('takes only the address of mlflow for resolved early in the secrets-manager era', () => {
    const early = rawFlavors
      .filter(({ era }) => era === 'secrets-manager')
      .flatMap(({ era, type, name }) => [...(findFlavor(era, type, name)?.resolvedWhileBuilt ?? [])])
    expect(early).toEqual(['tracking_uri'])
    const mlflow = findFlavor('secrets-manager', 'experiment_tracker', 'mlflow')
    expect(mlflow?.resolvedWhileBuilt).toEqual(new Set(['tracking_uri']))
  })

  it.each<[string, string, string, readonly string[]]>([
    ['artifact_store', 's3', 'authentication_secret', ['aws_access_key_id', 'aws_secret_access_key']],
    ['artifact_store', 'gcp', 'authentication_secret', ['token']],
    ['artifact_store', 'azure', 'authentication_secret', []],
    ['container_registry', 'dockerhub', 'authentication_secret', ['username', 'password']],
    ['annotator', 'label_studio', 'authentication_secret', []],
    ['data_validator', 'whylogs', 'authentication_secret', ['whylabs_default_org_id', 'whylabs_api_key']],
    ['model_deployer', 'seldon', 'secret', []],
    ['model_deployer', 'kserve', 'secret', []],
    ['metadata_store', 'mysql', 'secret', []],
  ])('knows the keys that the old %s %s needs in its %s', (type, name, attribute, keys) => {
    expect(findFlavor('secrets-manager', type, name)?.secretNames.get(attribute)).toEqual(keys)
  })

  it.each<[Era, string, string, string, 'validator' | 'type' | undefined]>([
    ['central', 'container_registry', 'github', 'uri', 'validator'],
    ['central', 'artifact_store', 'local', 'path', 'validator'],
    ['central', 'step_operator', 'runai', 'runai_base_url', 'validator'],
    ['central', 'annotator', 'label_studio', 'port', 'type'],
    ['central', 'experiment_tracker', 'wandb', 'api_key', undefined],
    ['secrets-manager', 'artifact_store', 'gcp', 'path', 'validator'],
    ['secrets-manager', 'artifact_store', 's3', 'client_kwargs', 'validator'],
    ['secrets-manager', 'orchestrator', 'kubeflow', 'skip_local_validations', 'type'],
    ['secrets-manager', 'secrets_manager', 'aws', 'region_name', 'validator'],
    ['secrets-manager', 'experiment_tracker', 'mlflow', 'tracking_uri', undefined],
  ])('says for %s %s %s how %s refuses references: %s', (era, type, name, attribute, by) => {
    expect(findFlavor(era, type, name)?.refusesReferences.get(attribute)).toBe(by)
  })

  it('keeps the eras apart', () => {
    expect(findFlavor('secrets-manager', 'annotator', 'argilla')).toBeUndefined()
    expect(findFlavor('central', 'secrets_manager', 'aws')).toBeUndefined()
    expect(findFlavor('secrets-manager', 'annotator', 'label_studio')?.sensitive).toEqual(new Set())
    expect(findFlavor('central', 'annotator', 'label_studio')?.sensitive).toEqual(new Set(['api_key']))
  })

  it('finds the secrets managers of ZenML 0.13 under their old names', () => {
    const attributes = (name: string) => [
      ...(findFlavor('secrets-manager', 'secrets_manager', name)?.refusesReferences.keys() ?? []),
    ]
    expect(attributes('gcp_secrets_manager')).toContain('project_id')
    expect(attributes('azure_key_vault')).toContain('key_vault_name')
    expect(findFlavor('secrets-manager', 'artifact_store', 'azure_key_vault')).toBeUndefined()
  })

  it.each([
    ['artifact_store', 'constructor'],
    ['constructor', 'name'],
    ['__proto__', 'toString'],
    ['toString', ''],
    ['', ''],
    ['artifact_store', ''],
    ['artifact_store', 'S3'],
    ['artifact_store', 's3 '],
    ['artifact_store s3', ''],
    ['alerter', 'of_my_own'],
    ['orchestrator', 's3'],
  ])('knows nothing of %j %j', (type, name) => {
    expect(findFlavor('central', type, name)).toBeUndefined()
    expect(findFlavor('secrets-manager', type, name)).toBeUndefined()
  })

  it.each(['constructor', '__proto__', 'no_such_attribute'])('knows nothing of the attribute %s', attribute => {
    const flavor = findFlavor('central', 'artifact_store', 's3')
    expect(flavor?.sensitive.has(attribute)).toBe(false)
    expect(flavor?.refusesReferences.get(attribute)).toBeUndefined()
    expect(flavor?.secretNames.get(attribute)).toBeUndefined()
  })
})

function refusal(raw: RawFlavor, attribute: string): 'validator' | 'type' | undefined {
  if (raw.rejectedAs) {
    const error = new Map(Object.entries(raw.rejectedAs)).get(attribute)
    return error === undefined ? undefined : error === 'ValidationError' ? 'type' : 'validator'
  }
  if (raw.referenceRejected.includes(attribute)) return 'validator'
  return raw.referenceTypeRejected?.includes(attribute) ? 'type' : undefined
}

function readRaw(file: string): Readonly<Record<string, Readonly<Record<string, RawFlavor>>>> {
  return JSON.parse(readFileSync(new URL(`../../scripts/data/${file}`, import.meta.url), 'utf8'))
}
