import { describe, expect, it } from 'vitest'
import { dockerfile } from '../../../src/stacks/dockerfile.ts'
import { attributeRows, nameRows, readAs } from '../written.ts'

const register = 'zenml alerter register s --flavor=slack'
const rows = (content: string) => attributeRows(readAs(dockerfile, 'Dockerfile', content))
const names = (content: string) => nameRows(readAs(dockerfile, 'Dockerfile', content))

describe('a Dockerfile', () => {
  it.each([
    ['a shell', `RUN ${register} --a={{x.y}}\n`, 's.a={{x.y}} 1:49-1:56'],
    ['several lines with comments', `RUN ${register} \\\n# c \\\n  --a={{x.y}}\n`, 's.a={{x.y}} 3:7-3:14'],
    ['a mount', `RUN --mount=type=cache,target=/x ${register} --a={{x.y}}\n`, 's.a={{x.y}} 1:78-1:85'],
    ['variables', `ENV A=db B="x y"\nRUN ${register} --a={{$A.y}}\n`, 's.a={{db.y}} 2:49-2:57'],
    ['an old assignment', `ENV A db\nRUN ${register} --a={{$A.y}}\n`, 's.a={{db.y}} 2:49-2:57'],
    ['a later stage', `FROM x AS y\nARG A=db\nFROM y\nRUN ${register} --a={{$A.y}}\n`, 's.a={{db.y}} 4:49-4:57'],
    ['another stage', `ARG A=db\nFROM x\nRUN ${register} --a={{$A.y}}\n`, 's.a={{$A.y}} 3:49-3:57 templated'],
    ['what is made of others', `ENV A=$B\nRUN ${register} --a={{$A.y}}\n`, 's.a={{$A.y}} 2:49-2:57 templated'],
    ['a small instruction', `onbuild run ${register} --a={{x.y}}\n`, 's.a={{x.y}} 1:57-1:64'],
  ])('shows the references of commands with %s', (_, content, expected) => {
    expect(rows(content)).toEqual([expected])
  })

  it.each([
    ['a list of arguments', `RUN ["zenml", "secret", "create", "it's", "--a=b"]\n`, "it's(a) 1:36-1:40"],
    ['a shell with one', 'CMD ["sh", "-c", "zenml secret create \\"x\\" --a=b"]\n', 'x(a) 1:41-1:42'],
    ['a here-document', 'RUN <<EOF\nzenml secret create x --a=b\nEOF\n', 'x(a) 2:21-2:22'],
    ['commands behind one', 'RUN cat <<E >f && zenml secret create x --a=b\nit\nE\n', 'x(a) 1:39-1:40'],
    [
      'Python in one',
      "RUN python3 - <<'E'\nfrom zenml.client import Client\nClient().get_secret('x').secret_values['k']\nE\n",
      'x.k 3:22-3:23',
    ],
  ])('shows the names in %s', (_, content, expected) => {
    expect(names(content)).toEqual([expected])
  })

  it('runs nothing that it only mentions', () => {
    expect(readAs(dockerfile, 'Dockerfile', 'LABEL a="zenml secret create x --a=b"\n# RUN zenml up\n')).toBeUndefined()
  })
})
