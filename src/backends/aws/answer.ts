import { quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { storedName } from '../secrets-manager/stored-name.ts'
import type { Result } from './attempt.ts'
import type { Keys, Metadata } from './calls.ts'
import { type AwsFailure, failureAnswer, failureOfCode } from './failure.ts'
import { tagProblem } from './tags.ts'

/** What an answer takes beside what was said of the secret itself. */
export interface Judging {
  readonly region: string
  readonly scope: SecretsScope
  /** ARN of the identity that asked: without one nothing is known to be missing. */
  readonly identity: Result<string>
}

/** The answer where only existence is asked. */
export function answerFor(name: string, metadata: Result<Metadata> | undefined, judging: Judging): Answer {
  if (!metadata) return fromFailure(name, failureOfCode('ListSecrets', undefined), judging)
  if ('failure' in metadata) return fromFailure(name, metadata.failure, judging)
  return unusableByMetadata(name, metadata.value, judging) ?? { kind: 'found', keys: 'not-read' }
}

interface Learnt {
  readonly read: Result<Keys>
  /** Absent where no list held the secret and no value was read either. */
  readonly metadata: Result<Metadata> | undefined
}

/** The answer where keys are asked. Reading is what counts; the rest says whether ZenML would find the secret at all. */
export function answerForKeys(name: string, { read, metadata }: Learnt, judging: Judging): Answer {
  const known = metadata && 'value' in metadata ? metadata.value : undefined
  const unusable = known && unusableByMetadata(name, known, judging)
  if (unusable) return unusable
  const stored = quoted(storedName(judging.scope, name, '/'), 700)
  if ('failure' in read) {
    if (read.failure.kind !== 'not-found' || !known) return fromFailure(name, read.failure, judging)
    return {
      kind: 'unusable',
      reason: `${stored} exists in AWS Secrets Manager, but holds no current value. Register it again.`,
    }
  }
  // Who may read but look at nothing else cannot know the tags.
  if (metadata && 'failure' in metadata && metadata.failure.kind !== 'denied') {
    return fromFailure(name, metadata.failure, judging)
  }
  if (typeof read.value !== 'string') return { kind: 'found', keys: read.value }
  return {
    kind: 'unusable',
    reason: `ZenML cannot read ${stored}: ${read.value}. Update or register it again with ZenML.`,
  }
}

function unusableByMetadata(name: string, { tags, isDeleted }: Metadata, { scope }: Judging): Answer | undefined {
  const stored = quoted(storedName(scope, name, '/'), 700)
  if (isDeleted) {
    return {
      kind: 'unusable',
      reason: `${stored} is scheduled for deletion in AWS Secrets Manager. Restore it or register it again.`,
    }
  }
  const problem = tagProblem(scope, tags)
  if (problem === undefined) return undefined
  const reason = `AWS Secrets Manager holds ${stored}, but ${problem}, so that ZenML takes it for missing. Correct its tags, or delete it and register it with ZenML.`
  return { kind: 'unusable', reason }
}

/** Only here is anything `missing`: AWS says so itself, to an identity that is known. */
function fromFailure(name: string, failure: AwsFailure, { region, scope, identity }: Judging): Answer {
  if (failure.kind === 'not-found' && 'value' in identity) return { kind: 'missing' }
  if (failure.kind === 'not-found' && 'failure' in identity) return withoutIdentity(identity.failure)
  const secret = storedName(scope, name, '/')
  const arn = 'value' in identity ? identity.value : undefined
  return failureAnswer(failure, { region, identity: arn, secret })

  function withoutIdentity(cause: AwsFailure): Answer {
    const why = failureAnswer(cause, { region, identity: undefined })
    const reason = 'reason' in why ? why.reason : ''
    return {
      kind: 'unverified',
      reason: `AWS finds no such secret, but does not say who asked (sts:GetCallerIdentity). ${reason}`,
    }
  }
}
