import type { Command } from 'commander'
import { didYouMean } from '../../../settings/did-you-mean.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { quoted } from '../../../text/displayable.ts'
import { findingInfo, findingKinds } from '../../../validation/finding-info.ts'
import { wantsColor } from '../../color.ts'
import { clean } from '../../exit-code.ts'
import type { FamilyContext } from '../../family.ts'
import { table } from '../secret/masked-table.ts'
import { pageOf } from './pages.ts'
import { renderPage } from './render-page.ts'

/** `zenml-secrets explain [KIND]`. */
export function explainCommand(command: Command, { io, done }: FamilyContext): void {
  command
    .description('Prints what a kind of finding means, what ZenML does about it, and how to fix it.')
    .argument('[KIND]', 'A kind of finding, such as missing-secret; by default all kinds are listed')
    .option('--no-color', 'Print no colours, whatever the terminal can')
    .addHelpText('after', help)
    .action((text: string | undefined, { color }: { readonly color: boolean }) => {
      io.stdout.write(
        text === undefined
          ? kinds()
          : renderPage(pageOf(kindOf(text)), {
              color: wantsColor(!color, io.env, io.stdout),
              width: Math.min(io.stdout.columns ?? 80, maxWidth),
            }),
      )
      done(clean)
    })
}

const help = `
Examples:
  $ zenml-secrets explain
  $ zenml-secrets explain missing-secret`

/** The widest text is still easy to read at. */
const maxWidth = 100

function kindOf(text: string) {
  const kind = findingKinds.find(candidate => candidate === text)
  if (kind) return kind
  const near = didYouMean(text, findingKinds)
  const hint = near === undefined ? 'Run "zenml-secrets explain" to see all kinds.' : `Did you mean ${near}?`
  throw new SettingsError([`There is no kind of finding ${quoted(text)}. ${hint}`])
}

function kinds(): string {
  return table(
    ['KIND', 'SEVERITY', 'TITLE'],
    findingKinds.map(kind => [kind, findingInfo[kind].severity, findingInfo[kind].title]),
  )
}
