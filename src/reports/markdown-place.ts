import type { RenderContext } from './context.ts'
import { inlineCode } from './markdown-escape.ts'
import { type Place, placeText } from './place-text.ts'

const longestShown = 300

/** A place as a code span, and as a link to its line where the context says where the checked files are. */
export function placeLink(place: Place, { filesUrl }: RenderContext): string {
  const shown = inlineCode(placeText(place), longestShown)
  if ('url' in place) return pageLink(shown, place.url)
  if (filesUrl === undefined || !isWithin(place.file)) return shown
  const path = place.file.split('/').map(encodeSegment).join('/')
  return `[${shown}](${filesUrl}/${path}#L${place.span.start.line})`
}

/** A link to a page of a server, named by Markdown that may stand in a link; that alone where the address is no such page. */
export function pageLink(name: string, url: string): string {
  const page = URL.canParse(url) ? new URL(url) : undefined
  if (!page || !plainOrigin.test(page.origin) || page.username !== '' || page.password !== '') return name
  return `[${name}](${page.origin}${page.pathname.split('/').map(encodeAgain).join('/')})`
}

/** Host names may hold characters that would end a link. */
const plainOrigin = /^https?:\/\/(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/

/** What the address escapes already stays as it is. */
function encodeAgain(segment: string): string {
  return segment.replace(/[^\w.%-]|_/g, character => encodeSegment(character))
}

function isWithin(file: string): boolean {
  return (
    !file.startsWith('/') && !file.split('/').some(segment => segment === '..' || segment === '.' || segment === '')
  )
}

/** As `encodeURIComponent`, and what would end a link's address or be read as Markdown, too. */
function encodeSegment(segment: string): string {
  const encoded = encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'))
  return encoded.replace(/[!'()*~_]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
