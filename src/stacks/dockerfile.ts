import { embeddedSlice } from '../text/embedded.ts'
import { readDockerfile } from './dockerfile/read-dockerfile.ts'
import { nameInside } from './file-name.ts'
import { markFilledIn } from './filled-in.ts'
import { mentionsZenml } from './mentions-zenml.ts'
import type { StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'

/** Dockerfiles and Containerfiles: the commands they run while an image is built, and when it starts. */
export const dockerfile: StackFormat = {
  name: 'dockerfile',
  matchesPath: path => {
    const name = nameInside(path).toLowerCase()
    return /^(?:dockerfile|containerfile)(?:[.-]|$)/.test(name) || /\.(?:dockerfile|containerfile)$/.test(name)
  },
  matchesText: mentionsZenml,
  read: source => stackFileOf(source, markFilledIn(readDockerfile(embeddedSlice(source)), source.content)),
}
