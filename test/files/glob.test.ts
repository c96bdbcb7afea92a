import fc from 'fast-check'
import picomatch from 'picomatch'
import { describe, expect, it } from 'vitest'
import { hasGlobCharacters, matchesGlob, parseGlob } from '../../src/files/glob.ts'

/** Whether any alternative matches a path below its own base. */
function matches(pattern: string, path: string): boolean {
  const globs = parseGlob(pattern)
  if (typeof globs === 'string') throw new Error(globs)
  return globs.some(glob => {
    const start = glob.base === '.' ? '' : `${glob.base}/`
    return path.startsWith(start) && matchesGlob(glob, path.slice(start.length).split('/'))
  })
}

describe('a glob', () => {
  it.each([
    ['*.yaml', 'a.yaml'],
    ['*.yaml', '.yaml'],
    ['*', '.hidden'],
    ['stacks/*.yaml', 'stacks/a.yaml'],
    ['./stacks//./*.yaml', 'stacks/a.yaml'],
    ['**/*.yaml', 'a.yaml'],
    ['**/*.yaml', 'x/y/a.yaml'],
    ['x/**/z/*.yaml', 'x/z/a.yaml'],
    ['x/**/z/*.yaml', 'x/y/y/z/a.yaml'],
    ['x/**', 'x/y/z'],
    ['x/**/', 'x/y/z'],
    ['**/**/a', 'a'],
    ['a**b', 'axxb'],
    ['?.yaml', 'ä.yaml'],
    ['?.yaml', '😀.yaml'],
    ['[a-c]?.yml', 'b1.yml'],
    ['[!a-c].yml', 'd.yml'],
    ['[^a-c].yml', 'd.yml'],
    ['[]a].yml', '].yml'],
    ['[a-].yml', '-.yml'],
    ['[😀-😂].yml', '😁.yml'],
    ['[a.yml', '[a.yml'],
    ['*.{yaml,yml}', 'a.yml'],
    ['{a,b/{c,d}}/*', 'b/d/x'],
    ['{a,}b*', 'b1'],
    ['a{b}c*', 'a{b}c1'],
    ['a{1..3}*', 'a{1..3}x'],
    ['{a,b*', '{a,bc'],
    ['x{a,b', 'x{a,b'],
    ['\\*.yaml', '*.yaml'],
    ['\\{a,b\\}*', '{a,b}x'],
    ['+(a|aa)*', '+(a|aa)b'],
    ['**********a', 'bbba'],
  ])('%s matches %s', (pattern, path) => {
    expect(matches(pattern, path)).toBe(true)
  })

  it.each([
    ['*.yaml', 'x/a.yaml'],
    ['*.yaml', 'a.YAML'],
    ['x/**', 'x'],
    ['x/*', 'x/y/z'],
    ['x?y', 'x/y'],
    ['x[/]y', 'x/y'],
    ['[!a]b', '/b'],
    ['[a-c].yml', 'd.yml'],
    ['[!a-c].yml', 'b.yml'],
    ['*.{yaml,yml}', 'a.json'],
    ['+(a|aa)', 'aa'],
    ['\\*.yaml', 'a.yaml'],
    ['a/*/b', 'a/b'],
    ['?', ''],
    ['*a', 'b'],
  ])('%s does not match %s', (pattern, path) => {
    expect(matches(pattern, path)).toBe(false)
  })

  it.each([
    ['*.yaml', ['.']],
    ['stacks/prod/*.yaml', ['stacks/prod']],
    ['../x/*.yaml', ['../x']],
    ['/etc/**', ['/etc']],
    ['/*', ['/']],
    ['{a/b,../c}/*', ['a/b', '../c']],
    ['{a,b}.yaml', ['.', '.']],
  ])('%s starts from the directories without wildcard, %j', (pattern, bases) => {
    const globs = parseGlob(pattern)
    expect(typeof globs === 'string' ? globs : globs.map(glob => glob.base)).toEqual(bases)
  })

  it.each([
    ['The pattern is empty.', ''],
    ['The pattern is longer than 1024 characters.', 'a'.repeat(1025)],
    ['A pattern cannot begin with "!": use exclude for what is to be left out.', '!a.yaml'],
    ['The braces of the pattern stand for more than 256 alternatives.', '{a,b}'.repeat(20)],
    ['The braces of the pattern stand for more than 256 alternatives.', '{,'.repeat(300) + '}'.repeat(300)],
    ['A pattern cannot go up ("..") after a wildcard or at its end.', '*/../x'],
    ['A pattern cannot go up ("..") after a wildcard or at its end.', '{a,..}'],
  ])('is refused with a sentence: %s', (problem, pattern) => {
    expect(parseGlob(pattern)).toBe(problem)
  })

  it('of 256 alternatives is taken', () => {
    expect(parseGlob('{a,b}'.repeat(8))).toHaveLength(256)
  })

  it('matches hostile names in time proportional to pattern × name', () => {
    const stars = '*a'.repeat(400)
    const deep = `${'**/a/'.repeat(150)}b`
    const started = performance.now()
    expect(matches(`${stars}*b`, 'a'.repeat(4096))).toBe(false)
    expect(matches(deep, `${'a/'.repeat(2000)}c`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('agrees with picomatch where that has an answer', () => {
    const part = fc.constantFrom('a', 'b', '.a', '*', '?', '*a', 'a*', '**', '[ab]', '[^a]', '{a,b}', 'a?*', '*.b')
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'))
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', '.a', 'a.b', 'bb'), { minLength: 1, maxLength: 5 })
      .map(parts => parts.join('/'))
    fc.assert(
      fc.property(pattern, path, (glob, name) => {
        // There, a trailing `**` matches the directory itself too, which is no file.
        fc.pre(!glob.endsWith('**'))
        expect(matches(glob, name)).toBe(picomatch.isMatch(name, glob, { dot: true, noextglob: true }))
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws, whatever the pattern', () => {
    const text = fc.string({ unit: fc.constantFrom('*', '?', '[', ']', '{', '}', ',', '\\', '/', '.', '!', '-', 'a') })
    fc.assert(
      fc.property(text, fc.string(), (pattern, path) => {
        const globs = parseGlob(pattern)
        if (typeof globs !== 'string') for (const glob of globs) matchesGlob(glob, path.split('/'))
      }),
    )
  })
})

describe('glob characters', () => {
  it.each(['*', 'a?', '[a', '{a', '!a'])('are in %s', text => {
    expect(hasGlobCharacters(text)).toBe(true)
  })
  it.each(['a.yaml', 'a!b', '(a|b)', 'a]', 'a}', ''])('are not in %j', text => {
    expect(hasGlobCharacters(text)).toBe(false)
  })
})
