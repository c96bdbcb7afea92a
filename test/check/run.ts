import { check } from '../../src/check.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'
import { actionSurface, checkSurface } from '../../src/settings/surface.ts'
import { exitCode } from '../../src/validation/outcome.ts'
import type { Report } from '../../src/validation/report.ts'

/** Options by name, as a user would give them. */
export type Options = Readonly<Record<string, string | readonly string[]>>

export interface Around {
  readonly env?: Readonly<Record<string, string>>
  /** As the action takes them: paths outside the directory are refused, and no existing secret is named. */
  readonly confined?: boolean
}

export interface CheckedTree {
  readonly report: Report
  readonly exit: 0 | 1 | 3
}

/**
 * The whole engine over a real directory, from options as texts to the report. The environment is what is given and
 * nothing else; the home directory is the directory itself.
 * @throws SettingsError when the options or paths are wrong.
 */
export async function checkTree(
  root: string,
  options: Options = {},
  { env = {}, confined = false }: Around = {},
): Promise<CheckedTree> {
  const raw = new Map(Object.entries(options).map(([name, given]) => [name, [given].flat()]))
  const surroundings = { env, cwd: root, homedir: root, platform: 'linux' }
  const { settings } = confined
    ? resolveSettings(actionSurface, raw, surroundings)
    : resolveSettings(checkSurface, raw, surroundings)
  const report = await check(settings, { signal: new AbortController().signal, environment: env })
  return { report, exit: exitCode(report, settings.policy) }
}
