/** What ZenML knows about a flavor's attributes. Built from `data/`, which `scripts/catalog.ts` makes. */
export interface Flavor {
  readonly type: string
  readonly name: string
  /** Attributes ZenML marks as sensitive. */
  readonly sensitive: ReadonlySet<string>
  /** Attributes that refuse a reference: `validator` for a check of their own, `type` for another type than text. */
  readonly refusesReferences: ReadonlyMap<string, 'validator' | 'type'>
  /** Attributes ZenML resolves while the configuration is built: a missing secret breaks registering and importing too. */
  readonly resolvedWhileBuilt: ReadonlySet<string>
  /** Attributes that hold the bare name of a secret, with the keys that flavor's code reads and needs. */
  readonly secretNames: ReadonlyMap<string, readonly string[]>
}
