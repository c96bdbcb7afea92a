import { readFile, stat } from 'node:fs/promises'

/** GitHub's own limit on a payload is 25 MB. */
const largest = 32 * 1024 * 1024

/** The parsed file `GITHUB_EVENT_PATH`; `undefined` where it is missing, too large or no JSON. */
export async function readEventPayload(file: string | undefined): Promise<unknown> {
  if (!file) return undefined
  try {
    const { size } = await stat(file)
    return size > largest ? undefined : JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
