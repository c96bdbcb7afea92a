/** Exit codes that no report decides; for the others see `exitCode` in `validation/outcome.ts`. */
export const clean = 0
/** A secret exists already, is absent, or cannot be kept as it is. */
export const refused = 1
export const couldNotRun = 2
/** A backend could not be reached, or denied what was asked of it. */
export const couldNotVerify = 3
/** 128 and the number of SIGINT, as shells have it. */
export const interrupted = 130
