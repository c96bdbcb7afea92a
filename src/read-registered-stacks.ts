import type { Backend } from './backends/backend.ts'
import type { BackendContext } from './backends/context.ts'
import { connectionOf } from './backends/zenml/connect.ts'
import { zenmlBackendOver } from './backends/zenml/zenml.ts'
import { type Settings, SettingsError } from './settings/settings.ts'
import { codeRepositoryOfServer, flavorsOfServer, stackOfServer } from './stacks/registered.ts'
import { quoted } from './text/displayable.ts'
import { type CollectedGroup, collectRegistered, collectStack } from './validation/collect.ts'
import type { UnreadableStack } from './validation/finding.ts'
import { nearest } from './validation/suggest.ts'
import { type RegisteredCodeRepository, readCodeRepositories } from './zenml/code-repositories.ts'
import { readFlavors } from './zenml/flavors.ts'
import type { ZenmlServer } from './zenml/server.ts'
import { listStackNames, type RegisteredStack, readStack } from './zenml/stacks.ts'

export interface RegisteredStacks {
  readonly stacks: readonly CollectedGroup[]
  /** Stacks and components that could not be read. */
  readonly findings: readonly UnreadableStack[]
  /** The same server's secrets, over the same login. */
  readonly backend: Backend
}

type ReadSettings = Pick<Settings, 'stacks' | 'backendOptions' | 'suggest'>
type Read = Awaited<ReturnType<typeof readStack>>

/**
 * Reads the stacks that the settings name from the ZenML server, and the code repositories of its projects, which serve
 * every stack. S stacks and P projects take 2 S + P + 2 requests beside the two that begin any talk with a server, none of
 * them again for the secrets.
 * @throws SettingsError when the address cannot be used or a stack is not there.
 */
export async function readRegisteredStacks(
  { stacks: names, backendOptions, suggest }: ReadSettings,
  context: BackendContext & { readonly signal: AbortSignal },
): Promise<RegisteredStacks> {
  const server = connectionOf(backendOptions.zenml, context)
  if ('reason' in server) throw new SettingsError([server.reason])
  const { signal } = context
  const [read, flavors, repositories] = await Promise.all([
    Promise.all(names.map(async name => [name, await readStack(server, name, signal)] as const)),
    readFlavors(server, signal),
    readCodeRepositories(server, signal),
  ])
  const absent = read.filter(([, result]) => 'trouble' in result && result.trouble.kind === 'absent')
  if (absent.length > 0) throw new SettingsError(await sayAbsent(absent, { server, suggest, signal }))
  const known = 'value' in flavors ? flavors.value : []
  const version = read.flatMap(([, result]) => ('value' in result ? result.value.zenmlVersion : [])).at(0)
  return {
    stacks: [
      ...read.flatMap(([, result]) => ('value' in result ? collect(result.value, known) : [])),
      ...('value' in repositories ? collectRepositories(repositories.value, version ?? '') : []),
    ],
    findings: [
      ...read.flatMap(([name, result]) => unread(name, result)),
      ...(version === undefined ? [] : unreadRepositories(repositories)),
    ],
    backend: zenmlBackendOver(server),
  }
}

function collect(stack: RegisteredStack, flavors: Parameters<typeof flavorsOfServer>[0]): CollectedGroup {
  const { zenmlVersion: version } = stack
  return collectStack(stackOfServer(stack), { version, flavorOf: flavorsOfServer(flavors, version) })
}

/** A code repository belongs to a project and serves every stack, so it is a group of its own. */
function collectRepositories(
  repositories: readonly RegisteredCodeRepository[],
  version: string,
): readonly CollectedGroup[] {
  const components = repositories.map(codeRepositoryOfServer)
  return components.length > 0
    ? [collectRegistered(components, { version, flavorOf: flavorsOfServer([], version) })]
    : []
}

/** Servers before 0.80 have no projects and answer 404. Asked only where the stacks could be read: one trouble is said once. */
function unreadRepositories(read: Awaited<ReturnType<typeof readCodeRepositories>>): readonly UnreadableStack[] {
  if (!('trouble' in read) || read.trouble.status === 404) return []
  const { reason } = read.trouble
  return [{ kind: 'unreadable-stack', excerpt: undefined, unread: undefined, reason, place: undefined }]
}

function unread(name: string, result: Read): readonly UnreadableStack[] {
  const shared = { kind: 'unreadable-stack', excerpt: undefined, stack: name } as const
  if ('trouble' in result) {
    return [{ ...shared, unread: undefined, reason: result.trouble.reason, place: undefined }]
  }
  return result.value.components.flatMap(({ name: component, visible, url }) =>
    visible ? [] : [{ ...shared, unread: component, reason: mayNotRead, place: { url } }],
  )
}

const mayNotRead =
  'The server does not show it to this identity: give it a role with read on stacks and their components.'

interface Looking {
  readonly server: ZenmlServer
  readonly suggest: boolean
  readonly signal: AbortSignal
}

/** A sentence for each, with the existing names nearest to it where messages may tell them. */
async function sayAbsent(
  absent: readonly (readonly [string, Read])[],
  { server, suggest, signal }: Looking,
): Promise<readonly string[]> {
  const existing = suggest ? await listStackNames(server, signal) : []
  return absent.flatMap(([name, result]) => {
    if (!('trouble' in result)) return []
    const near = nearest(name, existing).map(other => quoted(other))
    return [`${result.trouble.reason}${near.length > 0 ? ` The nearest ones are: ${near.join(', ')}.` : ''}`]
  })
}
