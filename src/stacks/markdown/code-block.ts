import type { EmbeddedText } from '../../text/embedded.ts'

/** A stretch of documentation that shows code, without the indentation and the marks of quotes around it. */
export interface CodeBlock {
  /** The first word behind the fence or the directive, in small letters; empty where there is none. */
  readonly language: string
  readonly text: EmbeddedText
}

/** `bash` of `bash {1,3}`, `{.bash}`, `{code-cell} bash` and `Bash title="x"`. */
export function languageOf(info: string): string {
  const words =
    info
      .slice(0, 200)
      .toLowerCase()
      .match(/[a-z][a-z0-9+#_-]*/g) ?? []
  const [first, second] = words
  return (first === 'code-cell' || first === 'code-block' || first === 'code' ? second : first) ?? ''
}
