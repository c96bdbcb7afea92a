const placeholders: readonly RegExp[] = [
  /^\s*$/,
  // Filled in by a shell, a templating tool or a workflow.
  /\$\{[^}]*\}/,
  /^\$[a-z_]\w*$/,
  /\$\{\{/,
  /\{\{/,
  /\{%/,
  // Left for the reader to fill in.
  /^<[^>]*>$/,
  /^\[[^\]]*\]$/,
  /^(?:your|my|the)[-_ ]/,
  /^(?:x+|\.+|\*+|-+|…)$/,
  /^(?:changeme|change-me|change_me|placeholder|redacted|todo|tbd|none|null)$/,
]

/**
 * A text that stands for a value, so that a sensitive attribute holding it gives nothing away: `${VAR}`, `$VAR`, `<name>`,
 * `YOUR_TOKEN`, `xxx`, nothing at all, and the stars that ZenML exports in place of a value it lost.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.slice(0, 1024).toLowerCase()
  return placeholders.some(pattern => pattern.test(text))
}
