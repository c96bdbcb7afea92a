/** The root of a service's API, without a slash at its end, or why the text is none: a sentence that quotes nothing. */
export type Address = { readonly url: string } | { readonly problem: string }

const maxLength = 1000

/**
 * Checks an address that credentials are going to be sent to: `https`, or `http` on this machine only; a host that is no
 * link-local or metadata address; no user name, password, query or fragment. Blanks around it are forgiven.
 */
export function readAddress(text: string): Address {
  const trimmed = text.trim()
  const problem = problemOf(trimmed)
  if (problem !== undefined) return { problem }
  const { origin, pathname } = new URL(trimmed)
  return { url: `${origin}${withoutTrailingSlashes(pathname)}` }
}

/** Whether a host of a URL is this machine: `localhost`, `127.0.0.0/8` or `[::1]`. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function problemOf(text: string): string | undefined {
  if (text.length > maxLength) return `The address is longer than ${maxLength} characters.`
  if (!/^[\x21-\x7e]*$/.test(text)) {
    return 'The address holds a blank or a character beyond ASCII. Write a host of other letters in its "xn--" form.'
  }
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return 'The address is not a URL. Give one such as https://zenml.example.com.'
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    return 'The address holds a user name or a password. Leave them out: credentials have options of their own.'
  }
  if (text.includes('?') || text.includes('#')) return 'The address holds a query or a fragment. Leave it out.'
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'The address is not https, so that credentials could be read on their way. Only this machine may use http.'
  }
  return isLinkLocal(url.hostname)
    ? 'The address is a link-local or metadata address, where no such service is.'
    : undefined
}

function isLinkLocal(hostname: string): boolean {
  return (
    hostname.startsWith('169.254.') ||
    /^\[(?:fe[89ab]|fd00:ec2:|::ffff:a9fe:)/.test(hostname) ||
    hostname === 'metadata.google.internal'
  )
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}
