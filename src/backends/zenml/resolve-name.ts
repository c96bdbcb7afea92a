import type { ListedSecret, NamedSecrets } from '../../zenml/secrets.ts'
import type { Answer } from '../backend.ts'

/** The secret that ZenML takes for a name while it runs, or the answer that there is none. */
export type Resolved = { readonly secret: ListedSecret } | { readonly answer: Answer }

export interface Comparison {
  /** Whether the server compares as MySQL does, without regard to case, accents and blanks at the end. */
  readonly isMysql: boolean
  /** Answer for a name that is not in a complete list. */
  readonly absent: Answer
}

/**
 * As ZenML resolves a name: the public secret, else the own private one, whatever key either has; the other way round
 * on servers that know scopes. On MySQL another spelling counts as well as the name itself.
 */
export function resolveName(name: string, { items, trouble }: NamedSecrets, comparison: Comparison): Resolved {
  const { isMysql, absent } = comparison
  const folded = isMysql ? fold(name) : undefined
  const matches = items.filter(item => item.name === name || (folded !== undefined && fold(item.name) === folded))
  const preferred = matches.find(item => item.isPrivate === item.isScoped)
  // Of an unfinished list the other one proves nothing: the preferred one may be on a page that was not read.
  const secret = preferred ?? (trouble ? undefined : matches[0])
  if (secret) return { secret }
  return { answer: trouble ? { kind: doubt(trouble.kind), reason: trouble.reason } : absent }
}

/** Items that are no spelling of any name asked: the server compares in a way that `fold` does not know. */
export function hasUnplaced({ names, items }: NamedSecrets): boolean {
  const asked = new Set(names.map(fold))
  return items.some(item => !asked.has(fold(item.name)))
}

/** How MySQL and MariaDB compare by default, near enough to tell which name a hit belongs to. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 's')
    .replace(/ {1,255}$/, '')
}

function doubt(kind: 'absent' | 'denied' | 'unverified'): 'denied' | 'unverified' {
  return kind === 'denied' ? 'denied' : 'unverified'
}
