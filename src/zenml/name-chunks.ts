const maxNames = 100
/** Bytes of a list's encoded value; a whole address of 8 KB passes the usual proxies, this leaves room for the rest. */
const maxEncoded = 6_000
/** Encoded quotes are part of the name's own text; this is the encoded comma after it. */
const separator = 3
const maxLength = 255

/** Whether a server can hold a secret of this name: 255 characters, without unpaired surrogates, which break a request. */
export function isStorable(name: string): boolean {
  return name.length <= 2 * maxLength && [...name].length <= maxLength && !/\p{Cs}/u.test(name)
}

/**
 * Storable names in chunks for `oneof` lists: at most 100 names and 6 KB of encoded address each. The control name rides
 * in the first chunk, which is there even without any other name, so that no list is ever empty.
 */
export function chunkNames(names: readonly string[], control: string): readonly (readonly string[])[] {
  const chunks: string[][] = [[]]
  let room = maxEncoded - encodedLength(control)
  for (const name of names) {
    const length = encodedLength(name)
    const last = chunks.at(-1)
    if (last && last.length < maxNames && length <= room) {
      last.push(name)
      room -= length
    } else {
      chunks.push([name])
      room = maxEncoded - length
    }
  }
  return chunks
}

function encodedLength(name: string): number {
  return encodeURIComponent(JSON.stringify(name)).length + separator
}
