import type { Answer, Backend, Depth } from './backends/backend.ts'

/**
 * ZenML 0.34 – 0.52: the central store is asked first, by exact name; only what it does not hold is looked for in the
 * stack's secrets manager. A secret in the store hides one of the same name in the manager, its missing keys included.
 */
export function storeFirst(store: Backend, manager: Backend): Backend {
  return {
    name: manager.name,
    description: `${store.description}, then ${manager.description}`,
    lookUp: async (names, depth, signal) => merge(await store.lookUp(names, depth, signal), { manager, depth, signal }),
    names: async signal => {
      const [stored, managed] = await Promise.all([store.names?.(signal), manager.names?.(signal)])
      return [...new Set([...(stored ?? []), ...(managed ?? [])])]
    },
  }
}

interface Next {
  readonly manager: Backend
  readonly depth: Depth
  readonly signal: AbortSignal
}

/** Where the store would not say, the manager's answer proves nothing: the store might hide it. */
async function merge(
  stored: ReadonlyMap<string, Answer>,
  { manager, depth, signal }: Next,
): Promise<ReadonlyMap<string, Answer>> {
  const lacking = [...stored].filter(([, { kind }]) => kind === 'missing').map(([name]) => name)
  if (lacking.length === 0) return stored
  return new Map([...stored, ...(await manager.lookUp(lacking, depth, signal))])
}
