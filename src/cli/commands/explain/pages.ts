import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FindingKind } from '../../../validation/finding.ts'
import { findingPage } from '../../../validation/finding-info.ts'

/** The documentation page of a kind, as Markdown. The build puts the pages themselves in the place of this module. */
export function pageOf(kind: FindingKind): string {
  return readFileSync(join(import.meta.dirname, '../../../..', findingPage(kind)), 'utf8')
}
