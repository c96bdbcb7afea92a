import type { Command, Option } from 'commander'
import { secretSchemas } from '../../../backends/secret-schemas.ts'
import { formats, referenceFormats } from '../../../reports/formats.ts'
import type { Option as OptionRow } from '../../../settings/option.ts'
import { options } from '../../../settings/options.ts'
import { findingKinds } from '../../../validation/finding-info.ts'
import type { Family } from '../../family.ts'
import type { Io } from '../../io.ts'
import { listFormats } from '../secret/list.ts'

export interface CompletableOption {
  /** As typed: `-q`, `--quiet`. */
  readonly flags: readonly string[]
  readonly description: string
  /** `undefined` where it takes no value; empty where nothing is known about it. */
  readonly values: readonly string[] | undefined
}

/** All that can stand behind a command. No text holds a line break. */
export interface CompletableCommand {
  /** Its words, such as `secret register`; empty for the program itself. */
  readonly path: string
  readonly subcommands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly CompletableOption[]
  /** What its argument may be; empty for anything, files in the first place. */
  readonly words: readonly string[]
}

/** What the program and the commands below it take, with every family made complete. */
export async function completableCommands(
  program: Command,
  families: Readonly<Record<string, Family>>,
  io: Io,
): Promise<readonly CompletableCommand[]> {
  for (const command of program.commands) {
    const family = families[command.name()]
    // The family that prints the script is complete already.
    if (!family || command.registeredArguments.length > 0) continue
    const complete = await family.load()
    complete(command, { io, argv: everyWord, done: () => undefined })
  }
  return commandsBelow(program, [])
}

/** A command line that names every command, for families that make ready no more than is named. */
const everyWord: readonly string[] = Object.assign([], { includes: () => true })

function commandsBelow(command: Command, path: readonly string[]): readonly CompletableCommand[] {
  const help = command.createHelp()
  const subcommands = help.visibleCommands(command)
  const described = subcommands.flatMap(sub =>
    [sub.name(), ...sub.aliases()].map(name => ({ name, description: sub.summary() || sub.description() })),
  )
  const own: CompletableCommand = {
    path: path.join(' '),
    subcommands: described,
    options: help.visibleOptions(command).map(option => completable(option, path)),
    words: wordsOf(command, described),
  }
  const below = subcommands.flatMap(sub =>
    [sub.name(), ...sub.aliases()].flatMap(name =>
      name === 'help' ? [helpOf(path, described)] : commandsBelow(sub, [...path, name]),
    ),
  )
  return [own, ...below]
}

function helpOf(path: readonly string[], described: CompletableCommand['subcommands']): CompletableCommand {
  return { path: [...path, 'help'].join(' '), subcommands: [], options: [], words: described.map(({ name }) => name) }
}

function wordsOf(command: Command, described: CompletableCommand['subcommands']): readonly string[] {
  if (described.length > 0) return described.map(({ name }) => name)
  if (command.name() === 'explain') return findingKinds
  return command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
}

function completable(option: Option, path: readonly string[]): CompletableOption {
  const takesValue = option.required || option.optional
  return {
    flags: [option.short, option.long].filter(flag => flag !== undefined && flag !== null),
    description: option.description,
    values: takesValue ? valuesOf(option, path) : undefined,
  }
}

/** The table of options knows choices that commander is not told, so that one wrong value is not all that is reported. */
function valuesOf(option: Option, path: readonly string[]): readonly string[] {
  const name = option.name()
  if (option.argChoices) return option.argChoices
  if (name === 'format') return formatsOf.get(path.join(' ')) ?? []
  if (name === 'schema') return [...secretSchemas.keys()]
  const row: OptionRow | undefined = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined
  return row?.type === 'choice' ? row.choices : []
}

const formatsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['check', formats],
  ['references', referenceFormats],
  ['secret list', listFormats],
])
