/** Whether a whole name matches a pattern in which `*` stands for any text and `?` for one character. Time: the product of the lengths. */
export function matchesPattern(name: string, pattern: string): boolean {
  let [at, wanted, star, resume] = [0, 0, -1, 0]
  while (at < name.length) {
    if (pattern[wanted] === '*') {
      star = wanted++
      resume = at
    } else if (pattern[wanted] === '?' || pattern[wanted] === name[at]) {
      at++
      wanted++
    } else if (star >= 0) {
      wanted = star + 1
      at = ++resume
    } else return false
  }
  while (pattern[wanted] === '*') wanted++
  return wanted === pattern.length
}
