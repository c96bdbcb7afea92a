import { describe, expect, it } from 'vitest'
import { ciWorkflow } from '../../../src/stacks/ci-workflow.ts'
import { attributeRows, nameRows, readAs } from '../written.ts'

const register = 'zenml alerter register s -f slack'
const rows = (content: string) => attributeRows(readAs(ciWorkflow, '.github/workflows/a.yml', content))
const names = (content: string) => nameRows(readAs(ciWorkflow, 'a.yml', content))
const create = 'zenml secret create x --a=b'

describe('the scripts of a workflow', () => {
  it.each([
    ['run', `- run: ${create}\n`, '1:28-1:29'],
    ['script as a list', `a:\n  script:\n    - ls\n    - ${create}\n`, '4:27-4:28'],
    ['command inside run', `- run:\n    name: a\n    command: ${create}\n`, '3:34-3:35'],
    ['a list of arguments', 'command: [zenml, secret, create, x, --a=b]\n', '1:34-1:35'],
    ['the arguments of a shell', `args: ["-c", "${create}"]\n`, '1:35-1:36'],
    ['a list with other tasks', `cmds:\n  - task: y\n  - ${create}\n`, '3:25-3:26'],
    ['quotes', `- run: '${create}'\n`, '1:29-1:30'],
    ['a folded block', '- run: >\n    zenml secret create\n    x --a=b\n', '3:5-3:6'],
  ])('are found under %s', (_, content, span) => {
    expect(names(content)).toEqual([`x(a) ${span}`])
  })

  it.each([`- name: ${create}\n`, `# run: ${create}\n`, `a: |\n  ${create}\n`, `run: {a: "${create}"}\n`])(
    'are not looked for anywhere else: %s',
    content => {
      expect(readAs(ciWorkflow, 'a.yml', content)).toBeUndefined()
    },
  )

  it.each([
    ['the workflow', 'env: {N: db}\nrun: |\n'],
    ['a list that an alias names', 'x: &x [export N=db]\nscript:\n  - *x\n  - |\n'],
    ['variables', 'variables: {N: db}\nscript: |\n'],
  ])('know what is set by %s', (_, head) => {
    const [row] = rows(`${head}    ${register} --a="{{$N.k}}"\n`)
    expect(row).toMatch(/^s\.a=\{\{db\.k\}\} \d:44-\d:52$/)
  })

  it('do not know what an expression or another variable sets', () => {
    const content = 'env: {N: db}\njobs:\n  env: {N: "${{ x }}"}\n  run: |\n'
    expect(rows(`${content}    ${register} --a="{{$N.k}}"\n`)).toEqual(['s.a={{$N.k}} 5:44-5:52 templated'])
  })
})

describe('expressions in the scripts of a workflow', () => {
  it.each([
    ["'${{ secrets.X }}'", 's.a=${{_}} 2:42-2:58 templated'],
    ['${{ secrets.X }}', 's.a=${{_}} 2:41-2:57 templated'],
    ["'{{${{ matrix.x }}.k}}'", 's.a={{${{ matrix.x }}.k}} 2:42-2:63 templated'],
    ['${{ inputs.x && \'y\' || "z" }}', 's.a=${{_}} 2:41-2:70 templated'],
  ])('are neither references nor plain text: %s', (written, row) => {
    expect(rows(`run: |\n  ${register} --a=${written}\n`)).toEqual([row])
  })

  it('are filled in where the workflow itself sets the variable', () => {
    expect(rows(`env: {N: db}\nrun: |\n  ${register} --a='{{\${{ env.N }}.k}}'\n`)).toEqual(['s.a={{db.k}} 3:42-3:60'])
  })
})

it('reads the steps of a workflow that run Python', () => {
  const content =
    '- shell: python\n  run: |\n    from zenml.client import Client\n    Client().get_secret("x").secret_values["k"]\n'
  expect(names(content)).toEqual(['x.k 4:26-4:27'])
})
