import type { Renderer } from './context.ts'
import type { Format } from './formats.ts'
import { renderGithub } from './github.ts'
import { renderJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'
import { renderText } from './text.ts'

/** One renderer a format. */
export const renderers = {
  text: renderText,
  json: renderJson,
  markdown: renderMarkdown,
  github: renderGithub,
} as const satisfies Record<Format, Renderer>
