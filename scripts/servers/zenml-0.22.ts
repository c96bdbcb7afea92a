import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { installOnce } from './lib.ts'

const version = '0.22.0'

/** Where a client of ZenML with the libraries of its `aws` and `vault` secrets managers is installed. */
export interface ZenmlClient {
  readonly version: string
  readonly python: string
  readonly zenml: string
}

/**
 * The last ZenML before references with blanks, as users of secrets managers had it. Its packages are pinned one by one:
 * a plain installation tries combinations for many minutes.
 */
export async function installZenml022(): Promise<ZenmlClient> {
  const folder = await installOnce({
    name: `zenml-${version}`,
    script: '"$2" -m venv "$1"; "$1/bin/pip" install -q --disable-pip-version-check -c "$3" "zenml==$4" boto3 hvac',
    words: [python38(), join(import.meta.dirname, 'zenml-0.22/constraints.txt'), version],
  })
  return { version, python: join(folder, 'bin/python'), zenml: join(folder, 'bin/zenml') }
}

/** ZenML 0.22 takes no Python after 3.8, which may not be the first one on the path. */
function python38(): string {
  const installed = join(process.env.PYENV_ROOT || join(homedir(), '.pyenv'), 'versions')
  const versions = existsSync(installed) ? readdirSync(installed).filter(name => name.startsWith('3.8.')) : []
  const { PYTHON38: named = '' } = process.env
  const candidates = [named, ...versions.map(name => join(installed, name, 'bin/python')), 'python3.8']
  const found = candidates.find(isPython38)
  if (found === undefined) throw new Error('ZenML 0.22 needs Python 3.8. Install it, or name it in PYTHON38.')
  return found
}

function isPython38(command: string): boolean {
  if (command === '') return false
  try {
    return execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(
      ' 3.8.',
    )
  } catch {
    return false
  }
}

if (import.meta.main) console.log(JSON.stringify(await installZenml022()))
