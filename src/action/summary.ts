import { appendFile, stat } from 'node:fs/promises'

/** The runner drops a whole summary of more bytes than this, and marks the step with an error. */
const largest = 1024 * 1024
/** Less is not worth a page. */
const smallest = 4096

/**
 * Appends a page to the job summary, the file `GITHUB_STEP_SUMMARY`, which the runner makes. `render` gets the number of
 * bytes the page may have. Returns a sentence where nothing could be written.
 */
export async function appendSummary(
  file: string | undefined,
  render: (limit: number) => string,
): Promise<string | undefined> {
  if (!file) return unwritten('this runner takes none')
  try {
    const { size } = await stat(file)
    const separator = size > 0 ? '\n\n' : ''
    const limit = largest - size - separator.length - 1
    if (limit < smallest) return unwritten('earlier commands of this step have filled it')
    await appendFile(file, separator + render(limit), { flag: 'a' })
    return undefined
  } catch {
    return unwritten('its file is missing or read-only')
  }
}

function unwritten(why: string): string {
  return `The job summary was not written: ${why}. The log has the whole report.`
}
