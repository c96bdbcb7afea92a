import { embeddedSlice } from '../text/embedded.ts'
import { readWorkflow } from './ci-workflow/read-workflow.ts'
import { nameInside } from './file-name.ts'
import { markFilledIn } from './filled-in.ts'
import { mentionsZenml } from './mentions-zenml.ts'
import type { StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'

/** Workflows and pipelines of every service, and other YAML that runs commands: the scripts under the keys for them. */
export const ciWorkflow: StackFormat = {
  name: 'ci-workflow',
  matchesPath: path => /\.ya?ml$/.test(nameInside(path).slice(-5).toLowerCase()),
  matchesText: mentionsZenml,
  read: source => stackFileOf(source, markFilledIn(readWorkflow(embeddedSlice(source)), source.content)),
}
