/**
 * Whether a text has tags of Jinja, as the files have that copier and cookiecutter make others of: YAML that is not
 * YAML yet, so that nothing is wrong with it. ZenML reads no such file.
 */
export function isTemplate(content: string): boolean {
  const tag = content.indexOf('{%')
  return tag >= 0 && content.includes('%}', tag)
}
