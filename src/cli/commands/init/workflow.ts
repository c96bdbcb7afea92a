import { writeScalar } from '../../../yaml/write-scalar.ts'
import { backendSetups, type Setup } from './setup.ts'

const cloudBackends: ReadonlySet<string> = new Set(['aws', 'gcp', 'azure'])

/** A workflow that checks pull requests. */
export function workflowText({ action, backend, where }: Setup): string {
  const { option, inputs, login } = backendSetups[backend]
  const given = [
    ...(backend === 'auto' ? [] : [`backend: ${backend}`]),
    ...(option === undefined || where === undefined ? [] : [`${option}: ${writeScalar(where)}`]),
    ...inputs,
  ]
  const permissions = [
    'contents: read',
    'pull-requests: write # for the one comment; leave it out and everything else still works',
    ...(cloudBackends.has(backend) ? ['id-token: write # to log in without a stored key'] : []),
  ]
  return [
    'name: ZenML secrets',
    'on: pull_request',
    '',
    'permissions:',
    ...indented(permissions, 2),
    '',
    'jobs:',
    '  secrets:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v7',
    '        with:',
    '          persist-credentials: false',
    ...indented(login, 6),
    `      - uses: ${action.repository}@${action.ref}`,
    ...(given.length === 0 ? [] : ['        with:', ...indented(given, 10)]),
    '',
  ].join('\n')
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map(line => ' '.repeat(by) + line)
}
