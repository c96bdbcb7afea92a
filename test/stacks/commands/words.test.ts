import { describe, expect, it } from 'vitest'
import { attributeRows, onlyComponent, readShell } from './read.ts'

const head = 'zenml alerter register slk --flavor=slack'

describe('the words of a registration command', () => {
  it.each([
    ['no quotes', '--token={{a.b}}', 'token={{a.b}}'],
    ['single quotes', "--token='{{a.b}}'", 'token={{a.b}}'],
    ['double quotes', '--token="{{a.b}}"', 'token={{a.b}}'],
    ['quotes around the option', '"--token={{a.b}}"', 'token={{a.b}}'],
    ['quotes around the braces alone', `--token='{{'"a.b"'}}'`, `token={{a.b}} from {{'"a.b"'}}`],
    ['the quotes of C', "--token=$'{{a.b}}'", 'token={{a.b}}'],
    ['escapes of C', "--token=$'{{a.\\x62\\n}}'", 'token={{a.b\n}} from {{a.\\x62\\n}}'],
    ['octal escapes', "--token=$'{{a.\\142}}'", 'token={{a.b}} from {{a.\\142}}'],
    ['a translated text', '--token=$"{{a.b}}"', 'token={{a.b}}'],
    ['escaped braces', '--token=\\{\\{a.b\\}\\}', 'token={{a.b}} from \\{\\{a.b\\}\\}'],
    ['escapes between double quotes', '--token="a\\"b\\$c\\d"', 'token=a"b$c\\d from a\\"b\\$c\\d'],
    ['a line that goes on inside the value', '--token={{a.\\\nb}}', 'token={{a.b}} from {{a.\\\nb}}'],
    ['an empty value', '--token=', 'token='],
    ['empty quotes', "--token=''", 'token='],
    ['a second equals sign', '--token=a=b', 'token=a=b'],
    ['a hash inside a word', '--token=a#b', 'token=a#b'],
    ['padding inside quotes', '--token="{{ a.b }}"', 'token={{ a.b }}'],
    ['a doubled @', '--token=@@{{a.b}}', 'token=@{{a.b}}'],
    ['a file', '--token=@token.txt', 'token=@token.txt templated'],
  ])('show the value with %s where it is written', (_, option, expected) => {
    expect(attributeRows(`${head} ${option}\n`)).toEqual([expected])
  })

  it('have all four coordinates of a value, its quotes excluded', () => {
    const { attributes } = onlyComponent(`# first\n${head} \\\n  --token="{{a.b}}"\n`)
    expect(attributes).toEqual([
      {
        path: ['token'],
        value: '{{a.b}}',
        place: { file: 'setup.sh', span: { start: { line: 3, column: 12 }, end: { line: 3, column: 19 } } },
        range: { start: 63, end: 70 },
      },
    ])
  })

  it.each([
    ['a backslash', ' \\\n  '],
    ['a backslash before CRLF', ' \\\r\n  '],
    ['the two backslashes of MDX', ' \\\\\n  '],
    ["PowerShell's backquote", ' `\n  '],
    ['a forgotten backslash', '\n  '],
    ['a backslash and a blank', ' \\ \n  '],
    ['a comment', ' \\\n  # --token={{old.token}} \\\n  '],
    ['a line that is a comment', '\n  # --token={{old.token}}\n  '],
    ['a backslash that a joined line kept', ' \\ '],
    ['a comment behind the option', ' # why\n  '],
    ['prompts of a second line', ' \\\n> '],
  ])('go on in the next line after %s', (_, between) => {
    const content = `zenml alerter register slk${between}--flavor=slack${between}--token={{a.b}}${between}--c='{{d.e}}'\n`
    expect(onlyComponent(content).flavor).toBe('slack')
    expect(attributeRows(content)).toEqual(['token={{a.b}}', 'c={{d.e}}'])
  })

  it('do not go on after an empty line, another command or an operator', () => {
    for (const between of ['\n\n', '\necho x\n', ' &&\n', ' || true\n', ';\n']) {
      expect(attributeRows(`${head}${between}--token={{a.b}}\n`)).toEqual([])
    }
  })

  it.each([
    ' && echo done',
    '; echo --no={{n.o}}',
    ' | tee --no={{n.o}}',
    ' || echo --no={{n.o}}',
    ' & echo --no={{n.o}}',
    ' > --no={{n.o}}',
    ' 2>/dev/null',
    ' >log 2>&1',
    ' &>>log',
    ' <<< --no={{n.o}}',
    ' # --no={{n.o}}',
    ')',
  ])('end before %j', ending => {
    expect(attributeRows(`${head} --token={{a.b}}${ending}\n`)).toEqual(['token={{a.b}}'])
  })

  it.each([
    ['a substitution', `x=$(${head} --token={{a.b}} && echo "$(date)")`],
    ['a case in a quoted substitution', `echo "$(case $1 in a) ${head} --token={{a.b}};; esac)"`],
    ['backquotes', `x=\`${head} --token={{a.b}}\``],
    ['a substitution inside quotes', `echo "x $(${head} --token="{{a.b}}") y"`],
    ['process substitution', `diff <(${head} --token={{a.b}}) x`],
    ['a subshell', `(cd x; ${head} --token={{a.b}})`],
    ['a group', `{ ${head} --token={{a.b}}; } >> log`],
    ['a condition', `if ! ${head} --token={{a.b}}; then exit 1; fi`],
    ['a branch', `if true; then ${head} --token={{a.b}}; fi`],
    ['a case', `case $1 in\n  a|b) ${head} --token={{a.b}} ;;\nesac`],
    ['a case in a substitution', `x=$(case $1 in a) ${head} --token={{a.b}};; esac)`],
    ['a loop', `for x in a b; do ${head} --token={{a.b}}; done`],
    ['a function', `setup() {\n  ${head} --token={{a.b}}\n}`],
    ['a text for a shell', `bash -euc '${head} --token="{{a.b}}"'`],
    ['a text for another machine', `ssh host "${head} --token='{{a.b}}'"`],
    ['a here-document for a shell', `docker exec -i x bash <<'EOF'\n${head} --token={{a.b}}\nEOF`],
    ['a here-document for another machine', `ssh -T host <<EOF\n${head} --token={{a.b}}\nEOF`],
  ])('are found in %s', (_, content) => {
    expect(attributeRows(`${content}\n`)).toEqual(['token={{a.b}}'])
  })

  it.each([
    ['a comment', `# ${head} --token={{a.b}}`],
    ['a here-document', `cat <<EOF\n${head} --token={{a.b}}\nEOF`],
    ['a here-document whose delimiter is quoted', `cat > x.sh <<-'E F '\n\t${head} --token={{a.b}}\n\tE F `],
    ['the second of two here-documents', `cat <<A <<B\nx\nA\n${head} --token={{a.b}}\nB`],
    ['a text that is printed', `echo "${head} --token={{a.b}}"`],
    ['an argument of another program', `echo ${head} --token={{a.b}}`],
    ['a variable', `HELP='${head} --token={{a.b}}'`],
  ])('are not looked for in %s', (_, content) => {
    expect(readShell(`${content}\necho zenml\n`)).toEqual({ stacks: [], components: [], secrets: [], definitions: [] })
  })

  it('go on behind a here-document', () => {
    expect(attributeRows(`cat <<EOF && true\nx "' zenml\nEOF\n${head} --token={{a.b}}\n`)).toEqual(['token={{a.b}}'])
  })

  it('are not lost behind a shift, or half a here-document', () => {
    expect(attributeRows(`echo $((1 << 3))\ncat <<EOF\n${head} --token={{a.b}}\n`)).toEqual(['token={{a.b}}'])
  })

  it('are not lost behind an apostrophe in prose, or quotes that never close', () => {
    const content = `echo It's done\n${head} --token={{a.b}}\necho It's over "\necho '`
    expect(attributeRows(content)).toEqual(['token={{a.b}}'])
  })

  it('hold no numbers of redirections', () => {
    expect(onlyComponent('zenml alerter register 2>/dev/null slk\n').name).toBe('slk')
  })

  it('hold placeholders of documentation as they are', () => {
    const content =
      'zenml alerter register <NAME> -f slack --token={{<SECRET_NAME>.<KEY>}} --id=<YOUR KEY> ... <in >out\n'
    expect(onlyComponent(content)).toMatchObject({ name: '<NAME>', flavor: 'slack' })
    expect(attributeRows(content)).toEqual(['token={{<SECRET_NAME>.<KEY>}}', 'id=<YOUR KEY>'])
  })

  it('hold what a workflow fills in as one text', () => {
    expect(
      attributeRows(`${head} --token=\${{ secrets.TOKEN }} --b="x-\${{ github.sha }}" --c=\${{ format('{{0', x) }}\n`),
    ).toEqual([
      'token=${{ secrets.TOKEN }} templated',
      'b=x-${{ github.sha }} templated',
      "c=${{ format('{{0', x) }} templated",
    ])
  })
})
