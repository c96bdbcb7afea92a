/** Columns a displayable text takes in a terminal: two for wide characters, none for combining marks. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += character < '\u0300' ? 1 : widthOf(character)
  return width
}

function widthOf(character: string): number {
  if (combining.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

const combining = /\p{M}/u
const wide =
  /[\u1100-\u115f\u3000-\u303e\u3041-\u33ff\ua960-\ua97c\uff01-\uff60\uffe0-\uffe6]|\p{sc=Han}|\p{sc=Hangul}|\p{sc=Yi}|\p{Emoji_Presentation}/u
