import type { Report } from '../validation/report.ts'

/** How a report is to be shown; every part has a default. */
export interface RenderContext {
  /** Text: ANSI colours. */
  readonly color?: boolean | undefined
  /** Text: findings of severity error and the totals only. */
  readonly quiet?: boolean | undefined
  /** Text: a list of every reference after the findings. */
  readonly verbose?: boolean | undefined
  /** Markdown: largest size in UTF-8 bytes; at least 4,096. */
  readonly limit?: number | undefined
  /** Markdown: heading, totals and findings only, as a comment shows them. */
  readonly brief?: boolean | undefined
  /** Trusted base address of the documentation, without `/` at its end; pages are named by their path without it. */
  readonly docsUrl?: string | undefined
  /** Markdown: trusted base address of the checked files, without `/` at its end; places are links with it. */
  readonly filesUrl?: string | undefined
  /** GitHub: the working directory relative to the repository's root, with `/`; empty where they are the same. */
  readonly directory?: string | undefined
}

/** Pure: the same report and context give the same string. */
export type Renderer = (report: Report, context: RenderContext) => string
