import { describe, expect, it } from 'vitest'
import { attributeRows, readShell } from './read.ts'

const use = 'zenml alerter register slk --token="{{$NAME.key}}"\n'
const known = ['token={{creds.key}} from {{$NAME.key}}']
const unknown = ['token={{$NAME.key}} templated']

describe('variables in a command', () => {
  it.each([
    ['an assignment', 'NAME=creds'],
    ['quotes', 'NAME="creds"'],
    ['export', "export NAME='creds'"],
    ['readonly', 'readonly NAME=creds OTHER=x'],
    ['declare', 'declare -r NAME=creds'],
    ['a default', 'NAME="${NAME:-creds}"'],
    ['a default with quotes', 'NAME=${NAME:-"creds"}'],
    ['a default that is a variable', 'D=creds; NAME=${NAME:-${D}}'],
    ['a default that is assigned', ': "${NAME:=creds}"'],
    ['a variable with a default that is not needed', 'X=creds; NAME=${X:-other}'],
    ['another variable', 'PREFIX=cre; NAME=${PREFIX}ds'],
    ['the same value in every branch', 'if x; then NAME=creds; else NAME=creds; fi'],
    ['one branch alone', 'if [ -z "$NAME" ]; then\n  NAME=creds\nfi'],
    ['a condition', '[ -z "$NAME" ] && NAME=creds'],
    ['a group of commands', '{ NAME=creds; }'],
    ['the last of two assignments', 'NAME=other\nNAME=creds'],
    ['an assignment that a subshell has hidden', 'NAME=creds; (NAME=other; echo zenml); echo $(NAME=third)'],
  ])('are known from %s', (_, before) => {
    expect(attributeRows(`${before}\n${use}`)).toEqual(known)
  })

  it.each([
    ['nothing', 'true'],
    ['a command', 'NAME=$(terraform output name)'],
    ['backquotes', 'NAME=`hostname`'],
    ['an argument', 'NAME=$1'],
    ['the environment', 'NAME=$USER'],
    ['a subshell', '(NAME=creds)'],
    ['branches that disagree', 'if x; then NAME=creds; else NAME=other; fi'],
    ['a branch that disagrees with what was before', 'NAME=creds; if x; then NAME=other; fi'],
    ['cases that disagree', 'case $1 in a) NAME=creds;; *) NAME=other;; esac'],
    ['a loop over names', 'for NAME in creds; do true; done'],
    ['input', 'NAME=creds; read NAME'],
    ['an assignment for one command', 'NAME=creds env'],
    ['an appended value', 'NAME=creds; NAME+=2'],
    ['a changed value', 'X=creds; NAME=${X%s}'],
    ['a comment', '# NAME=creds'],
    ['a value that is removed', 'NAME=creds; unset NAME'],
  ])('are not known from %s', (_, before) => {
    expect(attributeRows(`${before}\n${use}`)).toEqual(unknown)
  })

  it('start with those that the host of the text knows', () => {
    const { components } = readShell(use, new Map([['NAME', 'creds']]))
    expect(components[0]?.attributes.map(({ value, templated }) => [value, templated])).toEqual([
      ['{{creds.key}}', undefined],
    ])
  })

  it('are left alone between single quotes', () => {
    expect(attributeRows("NAME=creds\nzenml alerter register slk --token='{{$NAME.key}}'\n")).toEqual([
      'token={{$NAME.key}}',
    ])
  })

  it('may hold the program and the options', () => {
    const content =
      'ZENML="uv run zenml"\nARGS=(\n  --token="{{a.b}}" # why\n  --c=d\n)\nARGS+=(--e=f)\n$ZENML alerter register slk "${ARGS[@]}"\n'
    expect(attributeRows(content)).toEqual(['token={{a.b}}', 'c=d', 'e=f'])
  })

  it('of an odd name never reach a prototype', () => {
    expect(attributeRows('__proto__=x\nconstructor=creds\nzenml alerter register s --t={{$constructor.k}}\n')).toEqual([
      't={{creds.k}} from {{$constructor.k}}',
    ])
  })
})
