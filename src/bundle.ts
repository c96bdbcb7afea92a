/**
 * The one module that is bundled. The files users start, `dist/cli/index.js` and `dist/action/index.js`, are stubs that
 * call one of these, and `dist/index.js` hands the library on. Nothing is imported here but when it is called for, so
 * that none loads the others' code, and a command that checks nothing loads no check; what several need is in chunks
 * they share.
 */
export async function cli(): Promise<void> {
  await import('./cli/index.ts')
}

export async function action(): Promise<void> {
  await import('./action/index.ts')
}

export function library(): Promise<typeof import('./index.ts')> {
  return import('./index.ts')
}
