import type { FindingKind } from '../validation/finding.ts'
import { findingPage } from '../validation/finding-info.ts'

/** The documentation page of a kind: an address under `docsUrl`, else its path in the project's repository. */
export function docsPage(kind: FindingKind, docsUrl: string | undefined): string {
  return docsUrl === undefined ? findingPage(kind) : `${docsUrl}/${findingPage(kind)}`
}
