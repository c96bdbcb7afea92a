import { displayable, quoted } from '../../text/displayable.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { proxyProblem } from './client-config.ts'
import { type AwsOptions, isAwsRegion } from './options.ts'
import { fileInWorkspace } from './own-files.ts'

/** Where to ask, all of it checked. */
export interface AwsPlace {
  readonly region: string
  readonly scope: SecretsScope
}

/** The place that the options name, or sentences that say which of them is wrong. */
export function awsPlace(options: AwsOptions): AwsPlace | { readonly problem: string } {
  const { region } = options
  if (region === undefined)
    return { problem: 'Nothing says which region of AWS to ask. Set aws-region, such as eu-west-1.' }
  if (!isAwsRegion(region))
    return { problem: `${quoted(region)} is no region of AWS. Set aws-region to one such as eu-west-1.` }
  const scope = readScope('aws', options)
  if ('problem' in scope) return scope
  const problem = proxyProblem(region, options.environment)
  if (problem !== undefined) return { problem }
  const file = fileInWorkspace(options)
  if (file === undefined) return { region, scope }
  return {
    problem: `AWS's file "${displayable(file, 500)}" lies in the folder that is checked, so that anybody who may change that folder could choose the credentials or run a command. Keep it elsewhere, or leave AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE unset.`,
  }
}

/** For messages; not yet safe to print. */
export function awsDescription({ region }: Pick<AwsOptions, 'region'>): string {
  return `AWS Secrets Manager${region === undefined ? '' : `, ${region}`}`
}
