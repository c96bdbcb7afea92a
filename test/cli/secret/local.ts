import { type Run, run, type Tree, tree } from '../run.ts'

export interface LocalStore extends AsyncDisposable {
  readonly path: string
  /** Runs `zenml-secrets secret …` over a local secrets file. */
  secret(...argv: readonly string[]): Promise<Run>
  run(argv: readonly string[], change: Parameters<typeof run>[1]): Promise<Run>
}

/** A folder with these files and a local store that holds nothing yet. */
export async function localStore(files: Readonly<Record<string, string>> = {}): Promise<LocalStore> {
  const folder: Tree = await tree(files)
  const given = { cwd: folder.path, homedir: folder.path }
  const over = (argv: readonly string[], change: Parameters<typeof run>[1]) =>
    run(['secret', ...argv, '--secrets-file', 's.yaml'], { ...given, ...change })
  return {
    path: folder.path,
    secret: (...argv) => over(argv, {}),
    run: over,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
