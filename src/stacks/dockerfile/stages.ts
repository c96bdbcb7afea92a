/** The variables of the stages of a Dockerfile, `ENV` and `ARG` alike. */
export class Stages {
  /** `undefined` for a variable whose value is not known. */
  #current = new Map<string, string | undefined>()
  readonly #named = new Map<string, ReadonlyMap<string, string | undefined>>()

  /** `FROM image AS name`: starts without variables, or with those of the stage it goes on from. */
  start(written: string): void {
    const [image = '', as = '', name = ''] = written
      .trim()
      .toLowerCase()
      .split(/\s+/, 8)
      .filter(word => !word.startsWith('--'))
    const inherited = this.#named.get(image)
    this.#current = new Map(inherited && inherited.size <= maxInherited ? inherited : [])
    if (as === 'as' && name !== '') this.#named.set(name, this.#current)
  }

  /** `NAME=value OTHER="value"`, and `NAME value` of old. A value made of others is not followed. */
  assign(written: string): void {
    const text = written.trim()
    const old = /^([A-Za-z_]\w{0,200})[ \t]+([^=\n]*)$/.exec(text)
    if (old?.[1] !== undefined) this.#set(old[1], old[2] ?? '')
    if (old) return
    for (const [, name = '', double, single, plain] of text.matchAll(assignment)) {
      this.#set(name, double ?? single ?? plain ?? '')
    }
  }

  get(name: string): string | undefined {
    return this.#current.get(name)
  }

  /** Whether a variable may stand for the program itself. */
  get mayRunZenml(): boolean {
    return this.#hasZenml
  }

  #hasZenml = false

  #set(name: string, value: string): void {
    const isKnown = !/[$\\]/.test(value) && value.length <= 1000
    if (value.includes('zen')) this.#hasZenml = true
    this.#current.set(name, isKnown ? value : undefined)
  }
}

const maxInherited = 200
const assignment = /\b([A-Za-z_]\w{0,200})=(?:"([^"\n]{0,1100})"|'([^'\n]{0,1100})'|([^\s"']{0,1100}))/g
