/** What help says below the options of `register-secrets`. */
export const registerSecretsHelp = `
Examples:
  $ zenml-secrets register-secrets                            asks for what all stacks lack
  $ zenml-secrets register-secrets prod.yaml --skip-existing  one stack, what is there stays
  $ zenml-secrets register-secrets prod.yaml --dry-run        only says what is needed
  $ zenml-secrets register-secrets --values secrets.yaml      asks nobody
  $ zenml-secrets register-secrets prod.yaml --from-env=CI    CI_SLACK_TOKEN is slack.token

Values:
  @file at a question is the text of a file of at most 10,240 bytes, @@x is @x.
  A file for --values holds keys by name of secret, in YAML or JSON, or lines of
  name.key=value or NAME_KEY=value. In the environment, names are in upper case,
  with _ for all that is no letter or digit.

Exit codes:
  0     everything is there: "zenml-secrets check" passes
  1     something is still missing or wrong, or was refused
  2     bad usage, a value that was not given, no terminal to ask on
  3     a backend gave no answer; nothing is asked or written for what it hides
  130   interrupted`
