/** A page of the server. */
export function pageOf(web: string, ...segments: readonly string[]): string {
  return [web, ...segments.map(encodeURIComponent)].join('/')
}
