import { optionsOf } from '../settings/options.ts'

/** What help says below the options. */
export const programHelp = `
Examples:
  $ zenml-secrets check
  $ zenml-secrets check stacks/prod.yaml --secrets-file .zenml/secrets.yaml
  $ zenml-secrets references --tree

Run "zenml-secrets help check" for the options of a command.`

export const checkHelp = (): string => `
Examples:
  $ zenml-secrets check                                   all git lists here
  $ zenml-secrets check stacks/ --exclude '**/old/**'     a directory, less some
  $ zenml-secrets check prod.yaml --level SECRET_EXISTS   not looking at keys
  $ zenml-secrets check --stack production                one of the server
  $ zenml-secrets check --format json                     for programs
  $ zenml-secrets check --format markdown=report.md       a page beside the text

Environment variables:
${insteadOfFlags('check')}
  ZENML_CONFIG_PATH               folder of ZenML's configuration
  ZENML_LOCAL_STORES_PATH         folder of ZenML's local stores
  NO_COLOR, FORCE_COLOR           without and with colour, terminal or not

Exit codes:
  0     nothing is wrong
  1     errors were found
  2     could not run: bad usage or settings, a path that matches no file,
        a stack that is not registered, a report that could not be written
  3     could not verify: a backend gave no answer
  130   interrupted`

export const referencesHelp = (): string => `
Examples:
  $ zenml-secrets references                           all git lists here
  $ zenml-secrets references stacks/prod.yaml --tree   by stack and component
  $ zenml-secrets references --format csv              for a spreadsheet

Environment variables:
${insteadOfFlags('references')}

Exit codes:
  0     listed, whatever was found
  2     could not run: bad usage or settings, a path that matches no file,
        a stack that is not registered, a list that could not be written
  130   interrupted`

/** The variables that stand in for flags, as the table of options has them. */
function insteadOfFlags(surface: 'check' | 'references'): string {
  const variables = [...optionsOf(surface)].flatMap(([name, { environment }]) => environment.map(text => [text, name]))
  return variables.map(([variable = '', name]) => `  ${variable.padEnd(31)} in place of --${name}`).join('\n')
}
