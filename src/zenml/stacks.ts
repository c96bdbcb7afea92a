import { quoted } from '../text/displayable.ts'
import { fields, layered, text, uuid } from './json.ts'
import { listAll } from './pages.ts'
import type { ZenmlResult } from './result.ts'
import type { ZenmlServer } from './server.ts'
import { pageOf } from './web.ts'

/** A stack as the server has it. */
export interface RegisteredStack {
  readonly id: string
  readonly name: string
  /** Its page on the server. */
  readonly url: string
  /** Version of the server, which is that of ZenML. */
  readonly zenmlVersion: string
  readonly components: readonly RegisteredComponent[]
}

export interface RegisteredComponent {
  readonly id: string
  readonly name: string
  /** `undefined`: the identity may not read the component. */
  readonly visible: { readonly type: string; readonly flavor: string; readonly configuration: unknown } | undefined
  readonly url: string
}

/**
 * The stack of exactly this name, with the configuration of its components as it was registered, references unresolved.
 * Trouble of kind `absent` where the server has none that the identity may see.
 */
export async function readStack(
  server: ZenmlServer,
  name: string,
  signal: AbortSignal,
): Promise<ZenmlResult<RegisteredStack>> {
  const info = await server.info(signal)
  if ('trouble' in info) return info
  const query = [['name', `equals:${name}`] as const, hydrated]
  const { items, trouble } = await listAll(server, { path: ['stacks'], query, size: 100, item: stackItem, signal })
  const stack = items.find(item => item.name === name)
  if (!stack) {
    const reason = `The ZenML server has no stack ${quoted(name)}, or none that is visible to this identity. Check its name with "zenml stack list".`
    return { trouble: trouble ?? { kind: 'absent', reason } }
  }
  const components = await readComponents(server, stack.id, signal)
  if ('trouble' in components) return components
  const read = new Map(components.value.map(component => [component.id, component]))
  const { web = server.url, version } = info.value
  return {
    value: {
      id: stack.id,
      name,
      url: pageOf(web, 'stacks', stack.id),
      zenmlVersion: version,
      components: stack.components.map(({ id, name: own }) => {
        const component = read.get(id)
        return { id, name: component?.name ?? own, visible: component?.visible, url: pageOf(web, 'components', id) }
      }),
    },
  }
}

/** Names of all stacks the identity sees; an empty list where they cannot be listed. */
export async function listStackNames(server: ZenmlServer, signal: AbortSignal): Promise<readonly string[]> {
  const { items, trouble } = await listAll(server, { path: ['stacks'], size: 1000, item: named, signal })
  return trouble ? [] : [...new Set(items.map(({ name }) => name))]
}

const hydrated = ['hydrate', 'true'] as const

interface Named {
  readonly id: string
  readonly name: string
}

async function readComponents(
  server: ZenmlServer,
  stack: string,
  signal: AbortSignal,
): Promise<ZenmlResult<readonly Omit<RegisteredComponent, 'url'>[]>> {
  const query = [['stack_id', stack] as const, hydrated]
  const list = { path: ['components'], query, size: 100, item: componentItem, signal }
  const { items, trouble } = await listAll(server, list)
  return trouble ? { trouble } : { value: items }
}

function named(item: ReadonlyMap<string, unknown>): Named | undefined {
  const id = uuid(item.get('id'))
  const name = text(item.get('name'))
  return id === undefined || name === undefined ? undefined : { id, name }
}

/** Components by type; older servers name them by id alone. */
function stackItem(
  item: ReadonlyMap<string, unknown>,
): (Named & { readonly components: readonly Named[] }) | undefined {
  const stack = named(item)
  const byType = fields(layered(item, 'components'))
  if (!stack || !byType) return undefined
  const components: Named[] = []
  for (const entry of [...byType.values()].flat()) {
    const id = uuid(entry)
    const component = id === undefined ? named(fields(entry) ?? new Map()) : { id, name: id }
    if (!component) return undefined
    components.push(component)
  }
  return { ...stack, components }
}

function componentItem(item: ReadonlyMap<string, unknown>): Omit<RegisteredComponent, 'url'> | undefined {
  const component = named(item)
  if (!component) return undefined
  if (item.get('permission_denied') === true) return { ...component, visible: undefined }
  const type = text(layered(item, 'type'))
  const flavor = text(layered(item, 'flavor_name')) ?? text(layered(item, 'flavor'))
  const configuration = layered(item, 'configuration')
  if (type === undefined || flavor === undefined || !fields(configuration)) return undefined
  return { ...component, visible: { type, flavor, configuration } }
}
