/**
 * Whether a text, readable as YAML or not, carries the marks of a ZenML stack export: `components` and `stack_name` or
 * `zenml_version` as keys, at the start of a line or quoted as JSON writes them. Linear time.
 */
export function carriesMarks(content: string): boolean {
  return hasKey(content, 'components') && (hasKey(content, 'stack_name') || hasKey(content, 'zenml_version'))
}

/** Whether a text describes a web API: such files hold `components` too, are large, and never are stack exports. */
export function describesApi(content: string): boolean {
  const head = content.slice(0, 1000)
  return (hasKey(head, 'openapi') || hasKey(head, 'swagger')) && hasKey(content, 'paths')
}

function hasKey(content: string, key: string): boolean {
  for (let index = content.indexOf(key); index >= 0; index = content.indexOf(key, index + key.length)) {
    const before = content[index - 1]
    const after = content[index + key.length]
    if (isQuote(before) ? after === before : isLineStart(before)) {
      if (/^["']?[ \t]{0,20}:/.test(content.slice(index + key.length, index + key.length + 22))) return true
    }
  }
  return false
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'"
}

function isLineStart(before: string | undefined): boolean {
  return before === undefined || before === '\n' || before === '\r' || before === '\uFEFF'
}
