import { describe, expect, it } from 'vitest'
import { githubEvent } from '../../src/github/event.ts'
import { linksOf } from '../../src/github/links.ts'
import { env, headSha, pullRequestPayload } from './payloads.ts'

const runner = {
  ...env,
  GITHUB_SERVER_URL: 'https://github.example.com:8443',
  GITHUB_RUN_ID: '42',
  GITHUB_ACTION_REPOSITORY: 'octo-org/zenml-secrets',
  GITHUB_ACTION_REF: 'release/v1',
}

function links(changes: Readonly<Record<string, string | undefined>> = {}) {
  const environment = { ...runner, ...changes }
  return linksOf(environment, githubEvent(environment, pullRequestPayload()))
}

describe('linksOf', () => {
  it('points at the run, the checked files and the documentation of the version in use', () => {
    expect(links()).toEqual({
      run: 'https://github.example.com:8443/acme/stacks/actions/runs/42',
      files: `https://github.example.com:8443/acme/stacks/blob/${headSha}`,
      docs: 'https://github.example.com:8443/octo-org/zenml-secrets/blob/release/v1',
    })
  })

  it.each([
    ['GITHUB_SERVER_URL', 'javascript:alert(1)', { run: undefined, files: undefined, docs: undefined }],
    ['GITHUB_SERVER_URL', 'https://github.com/) [x', { run: undefined, files: undefined, docs: undefined }],
    ['GITHUB_REPOSITORY', 'a b', { run: undefined, files: undefined }],
    ['GITHUB_RUN_ID', '1)', { run: undefined }],
    ['GITHUB_ACTION_REPOSITORY', '', { docs: undefined }],
    ['GITHUB_ACTION_REF', 'v1) [x](y', { docs: undefined }],
  ])('leaves out what %s of %j would make of it', (name, value, expected) => {
    expect(links({ [name]: value })).toMatchObject(expected)
  })
})
