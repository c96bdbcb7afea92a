/**
 * The one module that is bundled. The files users start, `dist/cli/index.js` and `dist/action/index.js`, are stubs that
 * call one of these, so that what both need exists once and neither loads the other's libraries.
 */
export async function cli(): Promise<void> {
  await import('./cli/index.ts')
}

export async function action(): Promise<void> {
  await import('./action/index.ts')
}
