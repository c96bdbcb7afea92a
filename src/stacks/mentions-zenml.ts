/** Whether a text may hold one of ZenML's commands: `zenml`, or `zen` with a blank behind it. A cheap first look. */
export function mentionsZenml(content: string): boolean {
  if (content.includes('zenml')) return true
  for (let found = content.indexOf('zen '); found >= 0; found = content.indexOf('zen ', found + 4)) {
    if (found === 0 || !/\w/.test(content.charAt(found - 1))) return true
  }
  return false
}
