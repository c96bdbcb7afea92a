/** How long the line end at an offset is, a CR before it included; 0 where there is none. */
export function lineEndAt(text: string, offset: number): number {
  if (text[offset] === '\n') return 1
  return text[offset] === '\r' && text[offset + 1] === '\n' ? 2 : 0
}

/** Whether a second line's prompt stands at an offset, as consoles print it and documentation shows it. */
export function isPromptAt(text: string, offset: number, lineStart: number): boolean {
  if (!text.startsWith('> ', offset) || offset - lineStart > maxIndent) return false
  return text.slice(lineStart, offset).trim() === ''
}

const maxIndent = 40

/** `It's` in prose that a script prints or a page shows: between letters, and closed by no quote on its line. */
export function isApostropheAt(text: string, offset: number, close: number): boolean {
  const around = `${text[offset - 1] ?? ''}${text[offset + 1] ?? ''}`
  return /^[A-Za-z]{2}$/.test(around) && text.slice(offset, close).includes('\n')
}
