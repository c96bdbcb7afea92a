import type { Stream } from './io.ts'

/**
 * Whether to colour what goes to a stream: `--no-color`, then `NO_COLOR`, then `FORCE_COLOR` (`0` and `false` mean no),
 * then whether it is a terminal that can. Empty variables count as unset.
 */
export function wantsColor(
  noColor: boolean,
  env: Readonly<Record<string, string | undefined>>,
  stream: Pick<Stream, 'isTTY'>,
): boolean {
  if (noColor || env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return stream.isTTY && env.TERM !== 'dumb'
}
