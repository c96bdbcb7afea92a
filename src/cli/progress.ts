import type { CheckContext, Progress } from '../check.ts'
import type { Stream } from './io.ts'

/** Short runs show nothing; a line that comes and goes at once is only noise. */
const delay = 1000
const interval = 200
const eraseLine = '\r\u001B[2K'

const phases = { reading: 'Reading files', asking: 'Looking secrets up' } satisfies Record<Progress['phase'], string>

type Listener = Pick<CheckContext, 'onProgress'>

/** Runs a job with a line on the terminal that says how far it has come, from its second second on; erased at the end. */
export async function withProgress<T>(
  stream: Stream,
  quiet: boolean,
  job: (listener: Listener) => Promise<T>,
): Promise<T> {
  if (quiet || !stream.isTTY) return job({})
  const line = progressLine(stream)
  try {
    return await job({ onProgress: line.onProgress })
  } finally {
    line.end()
  }
}

interface ProgressLine {
  onProgress(progress: Progress): void
  /** Erases the line; nothing is drawn any more. */
  end(): void
}

function progressLine(stream: Stream): ProgressLine {
  let latest: Progress | undefined
  let drawn = false
  let repeat: NodeJS.Timeout | undefined
  const draw = () => {
    if (latest === undefined) return
    stream.write(`${eraseLine}${describe(latest)}`)
    drawn = true
  }
  const start = setTimeout(() => {
    draw()
    repeat = setInterval(draw, interval).unref()
  }, delay).unref()
  return {
    onProgress: progress => {
      latest = progress
    },
    end: () => {
      clearTimeout(start)
      clearInterval(repeat)
      latest = undefined
      if (drawn) stream.write(eraseLine)
    },
  }
}

function describe({ phase, done, total }: Progress): string {
  return `${phases[phase]}: ${done} of ${total} …`
}
