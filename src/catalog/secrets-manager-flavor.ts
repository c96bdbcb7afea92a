const renamed: ReadonlyMap<string, string> = new Map([
  ['gcp_secrets_manager', 'gcp'],
  ['azure_key_vault', 'azure'],
])

/** Today's name of a secrets manager's flavor: two of them were renamed after ZenML 0.13. Other names stay as they are. */
export function secretsManagerFlavor(flavor: string): string {
  return renamed.get(flavor) ?? flavor
}
