import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A directory of its own, to be removed by whoever asked for it. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'zenml-secrets-')))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
