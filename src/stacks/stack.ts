import type { Span } from '../text/position.ts'
import type { SourceText } from '../text/source.ts'

/** Where something stands: in a file of the repository, or, for a stack registered on a server, on that server's page. */
export type Place = FilePlace | { readonly url: string }

export interface FilePlace {
  /** Relative to the working directory, with `/`. */
  readonly file: string
  readonly span: Span
}

/** One entry of a component's configuration. */
export interface Attribute {
  /**
   * `['client_kwargs', 'headers', '0']` for an entry of a nested map or list; one element at the top; a key ends its own
   * path.
   */
  readonly path: readonly string[]
  readonly value: string | number | boolean | null
  /** The content of the value, quotes excluded. For an unquoted reference: the braces included. */
  readonly place: Place
  /** Offsets of that content in the file's text, `end` exclusive; absent for a registered stack, which has no file. */
  readonly range?: { readonly start: number; readonly end: number }
  /** The text is the key of a map, which ZenML never resolves either. */
  readonly asKey?: true
  /** The value is `{{a.b}}` without quotes, which YAML reads as a map; `value` is the text as written. */
  readonly unquoted?: true
  /** A program fills part of the value in, so it is not known here; `value` is the text as written, variables included. */
  readonly templated?: true
  /** Written as the option `--secret` of a command, which ZenML 0.90 and later take for the name of a secret to attach. */
  readonly secretOption?: true
}

export interface Component {
  /** ZenML's word: `orchestrator`, `artifact_store`, `secrets_manager` … */
  readonly type: string
  readonly name: string | undefined
  readonly flavor: string | undefined
  /** Only exports of ZenML 0.20 – 0.22 hold it. Not trusted: no more than a text. */
  readonly id: string | undefined
  /** The component's own name, else the component as a whole. */
  readonly place: Place
  /** All scalars, nested ones too, in file order; a duplicate key gives one attribute each. */
  readonly attributes: readonly Attribute[]
  /** Where the component's name is a text with braces, for references ZenML refuses there. */
  readonly nameAttribute: Attribute | undefined
}

export interface Stack {
  readonly name: string | undefined
  /** `zenml_version` as the file has it. */
  readonly zenmlVersion: string | undefined
  /** The stack's name, else the stack as a whole. */
  readonly place: Place
  readonly components: readonly Component[]
}

/** Why a file, or one place of it, could not be read. The message is a sentence and never quotes the file. */
export interface ReadProblem {
  readonly message: string
  readonly span: Span
}

/** A place outside any component that names a secret itself: a list of secrets, a call in Python. */
export interface NamedSecret {
  readonly secret: string
  /** `null` where the place names no key. */
  readonly key: string | null
  /** `templated`: a program fills the name in; `secret` is then the text as written. */
  readonly via: 'reference' | 'secrets-list' | 'python' | 'templated'
  readonly place: FilePlace
  /**
   * The name of the stack, pipeline or step that the list belongs to, or the setting that holds the reference, where the
   * file says so.
   */
  readonly attribute?: string | undefined
}

/** A place that creates a secret. */
export interface SecretDefinition {
  readonly name: string
  /** `unknown` where the keys come from a file, a prompt or a program. */
  readonly keys: ReadonlySet<string> | 'unknown'
  /** The secret's name. */
  readonly place: FilePlace
}

/** What one file holds of ZenML. */
export interface StackFile {
  readonly source: SourceText
  readonly stacks: readonly Stack[]
  /** Registered one by one, outside any stack: in a script, in Terraform, in Python. In file order. */
  readonly components?: readonly Component[]
  /** In file order. */
  readonly secrets?: readonly NamedSecret[]
  readonly definitions?: readonly SecretDefinition[]
  /** The file, or the part of it that was read, is documentation: what it needs is listed, and nothing fails for it. */
  readonly isDocumentation?: true
  readonly problems: readonly ReadProblem[]
}

/** One kind of file that holds stack configuration. Members are listed in `check.ts`. */
export interface StackFormat {
  readonly name: string
  /** Whether a path can belong to this format at all; asked before the file is opened. */
  matchesPath(path: string): boolean
  /** A cheap search for the literal words every file of this format holds; asked before the text is parsed. */
  matchesText(content: string): boolean
  /** `undefined` where the text turns out to be another program's. Never throws. */
  read(source: SourceText): StackFile | undefined
}
