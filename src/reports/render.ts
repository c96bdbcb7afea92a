import type { Renderer } from './context.ts'
import type { Format } from './formats.ts'
import { renderText } from './text.ts'

/** One renderer a format. All but the one that most runs need are loaded when asked for. */
export const renderers = {
  text: async () => renderText,
  json: async () => (await import('./json.ts')).renderJson,
  markdown: async () => (await import('./markdown.ts')).renderMarkdown,
  github: async () => (await import('./github.ts')).renderGithub,
} as const satisfies Record<Format, () => Promise<Renderer>>
