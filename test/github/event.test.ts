import { describe, expect, it } from 'vitest'
import { githubEvent } from '../../src/github/event.ts'
import { env, headSha, pullRequestPayload, runSha } from './payloads.ts'

const repository = { owner: 'acme', name: 'stacks' }

describe('githubEvent', () => {
  it('trusts a pull request from a branch of the same repository', () => {
    expect(githubEvent(env, pullRequestPayload())).toEqual({
      name: 'pull_request',
      trust: 'trusted',
      repository,
      pullRequest: { number: 7, headSha, fork: false },
      sha: headSha,
    })
  })

  it('trusts a pull request within a repository that is itself a fork', () => {
    const fork = { id: 1, full_name: 'acme/stacks', fork: true }
    expect(githubEvent(env, pullRequestPayload({ head: fork, base: fork })).trust).toBe('trusted')
  })

  it.each(['push', 'schedule', 'workflow_dispatch', 'merge_group'])('trusts the event %s', name => {
    expect(githubEvent({ ...env, GITHUB_EVENT_NAME: name }, { ref: 'refs/heads/main' })).toEqual({
      name,
      trust: 'trusted',
      repository,
      pullRequest: undefined,
      sha: runSha,
    })
  })

  it.each([
    ['from a fork', { head: { id: 2, full_name: 'mallory/stacks', fork: true } }],
    ['from a fork that is named after ours', { head: { full_name: 'acme/stacks2' } }],
    ['whose repository was deleted', { head: null }],
    ['whose repository has no name', { head: { full_name: '' }, base: { full_name: '' } }],
    ['of another repository', { head: { full_name: 'x/y' }, base: { full_name: 'x/y' } }],
  ])('does not trust a pull request %s', (_, parts) => {
    expect(githubEvent(env, pullRequestPayload(parts))).toEqual({
      name: 'pull_request',
      trust: 'untrusted',
      repository,
      pullRequest: { number: 7, headSha, fork: true },
      sha: headSha,
    })
  })

  it.each([
    ['started it', { ...env, GITHUB_ACTOR: 'dependabot[bot]' }, pullRequestPayload()],
    ['sent it', env, pullRequestPayload({ sender: 'dependabot[bot]' })],
    ['wrote the pull request', env, pullRequestPayload({ author: 'dependabot[bot]' })],
    ['pushed', { ...env, GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'dependabot[bot]' }, {}],
  ])('does not trust an event when Dependabot %s', (_, environment, payload) => {
    expect(githubEvent(environment, payload).trust).toBe('untrusted')
  })

  it.each(['pull_request_target', 'workflow_run', 'issue_comment', 'pull_request_review', 'made_up', '', undefined])(
    'does not trust the event %s, and does not take it for a pull request',
    name => {
      const event = githubEvent({ ...env, GITHUB_EVENT_NAME: name }, pullRequestPayload())
      expect(event).toEqual({ name: name ?? '', trust: 'untrusted', repository, pullRequest: undefined, sha: runSha })
    },
  )

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a text', 'pull_request'],
    ['a list', [pullRequestPayload()]],
    ['without a pull request', {}],
    ['with a number that is none', pullRequestPayload({ number: '7' })],
    ['with a number below 1', pullRequestPayload({ number: 0 })],
    ['with a commit that is none', pullRequestPayload({ sha: 'main\n::error::' })],
    ['that inherits what it should have', JSON.parse(`{"__proto__":${JSON.stringify(pullRequestPayload())}}`)],
  ])('does not trust a payload that is %s', (_, payload) => {
    expect(githubEvent(env, payload)).toEqual({
      name: 'pull_request',
      trust: 'untrusted',
      repository,
      pullRequest: undefined,
      sha: runSha,
    })
  })

  it('does not trust a push without a payload', () => {
    expect(githubEvent({ ...env, GITHUB_EVENT_NAME: 'push' }, undefined).trust).toBe('untrusted')
  })

  it.each([undefined, '', 'acme', 'acme/stacks/x', 'acme/st\nacks', 'acme/../x'])(
    'knows no repository of the name %j',
    name => {
      expect(githubEvent({ ...env, GITHUB_REPOSITORY: name }, pullRequestPayload())).toMatchObject({
        trust: 'untrusted',
        repository: undefined,
      })
    },
  )

  it('knows nothing in an empty environment', () => {
    const nothing = { name: '', trust: 'untrusted', repository: undefined, pullRequest: undefined, sha: undefined }
    expect(githubEvent({}, undefined)).toEqual(nothing)
  })
})
