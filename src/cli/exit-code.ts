/** Exit codes that no report decides; for the others see `exitCode` in `validation/outcome.ts`. */
export const clean = 0
export const couldNotRun = 2
/** 128 and the number of SIGINT, as shells have it. */
export const interrupted = 130
