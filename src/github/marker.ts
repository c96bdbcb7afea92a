/**
 * The hidden first line by which a comment is found again: an HTML comment that holds `key`, whatever text that is.
 * All but letters, digits, `_` and `.` is percent-encoded, so no key can end the HTML comment or look like another key.
 */
export function commentMarker(key: string): string {
  const wellFormed = Buffer.from(key).toString()
  return `<!-- zenml-secrets comment ${encodeURIComponent(wellFormed).replace(/[!'()*~-]/g, percent)} -->`
}

/** Whether a comment begins with the marker. One that quotes it further down is about it, and not it. */
export function carriesMarker(body: string, marker: string): boolean {
  return body.startsWith(marker)
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
