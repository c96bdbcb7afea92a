import { fields, layered, text, uuid } from './json.ts'
import { listAll } from './pages.ts'
import type { ZenmlResult } from './result.ts'
import type { ZenmlServer } from './server.ts'
import { pageOf } from './web.ts'

/** A code repository registered on the server, with its configuration as it was registered. */
export interface RegisteredCodeRepository {
  readonly id: string
  readonly name: string
  readonly project: string
  /** `github`, `gitlab`, or the class of a custom one. */
  readonly type: string | undefined
  readonly configuration: unknown
  /** The page of its project that lists code repositories. */
  readonly url: string
}

/** The code repositories of all projects the identity sees: without a project the server lists none. */
export async function readCodeRepositories(
  server: ZenmlServer,
  signal: AbortSignal,
): Promise<ZenmlResult<readonly RegisteredCodeRepository[]>> {
  const info = await server.info(signal)
  if ('trouble' in info) return info
  const web = info.value.web ?? server.url
  const projects = await listAll(server, { path: ['projects'], size: 100, item: projectItem, signal })
  if (projects.trouble) return { trouble: projects.trouble }
  const lists = await Promise.all(
    projects.items.map(async ({ id, name: project }) => {
      const query = [['hydrate', 'true'] as const, ['project', id] as const]
      const list = { path: ['code_repositories'], query, size: 100, item: repositoryItem, signal }
      const { items, trouble } = await listAll(server, list)
      const url = pageOf(web, 'projects', project, 'settings', 'repositories')
      return { items: items.map(item => ({ ...item, project, url })), trouble }
    }),
  )
  const trouble = lists.find(list => list.trouble)?.trouble
  return trouble ? { trouble } : { value: lists.flatMap(({ items }) => items) }
}

function projectItem(item: ReadonlyMap<string, unknown>) {
  const id = uuid(item.get('id'))
  const name = text(item.get('name'))
  return id === undefined || name === undefined ? undefined : { id, name }
}

function repositoryItem(item: ReadonlyMap<string, unknown>) {
  const repository = projectItem(item)
  const configuration = layered(item, 'config')
  return repository && fields(configuration) ? { ...repository, type: typeOf(item), configuration } : undefined
}

/** The command line's word for a class of ZenML's own, such as `GitHubCodeRepository`. */
function typeOf(item: ReadonlyMap<string, unknown>): string | undefined {
  const name = text(fields(layered(item, 'source'))?.get('attribute'))
  return name?.endsWith('CodeRepository') ? name.slice(0, -'CodeRepository'.length).toLowerCase() : name
}
