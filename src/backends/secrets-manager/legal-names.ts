import type { Answer } from '../backend.ts'
import { illegalName, type SecretsManagerFlavor } from './name-rules.ts'
import type { SecretsScope } from './scope.ts'

interface Asked {
  readonly flavor: SecretsManagerFlavor
  readonly scope: SecretsScope
  readonly names: readonly string[]
}

/**
 * An answer for every distinct name: of those that the secrets manager cannot hold at once, of the rest from `ask`, which
 * is not called without any.
 */
export async function answerLegalNames(
  { flavor, scope, names }: Asked,
  ask: (legal: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): Promise<ReadonlyMap<string, Answer>> {
  const distinct = [...new Set(names)]
  const illegal = new Map(distinct.map(name => [name, illegalName(flavor, scope, name)] as const))
  const legal = distinct.filter(name => illegal.get(name) === undefined)
  const answers = legal.length === 0 ? new Map<string, Answer>() : await ask(legal)
  return new Map(distinct.map(name => [name, illegal.get(name) ?? answers.get(name) ?? unanswered]))
}

/** The same answer for every name. */
export function sameAnswer(names: readonly string[], answer: Answer): ReadonlyMap<string, Answer> {
  return new Map(names.map(name => [name, answer]))
}

const unanswered: Answer = { kind: 'unverified', reason: 'The service did not answer about this name. Try again.' }
