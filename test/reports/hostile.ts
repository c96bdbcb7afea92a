import fc from 'fast-check'
import { displayable, quoted } from '../../src/text/displayable.ts'
import type { Finding } from '../../src/validation/finding.ts'
import type { Report } from '../../src/validation/report.ts'
import { everyKind, report, reported, sampleReport } from './sample.ts'

/** Texts that would be more than text somewhere: in a log, on a page, in a diagram. */
export const hostileTexts: readonly string[] = [
  '@everyone',
  'a @org/team b',
  '&commat;user',
  '&amp;#64;user',
  '\uff20user',
  '@\u200buser',
  '![x](https://evil.example/?q=1)',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '[ref]: https://evil.example',
  '<https://evil.example>',
  'http://evil.example/x',
  'www.evil.example',
  'me@evil.example',
  'data:text/html,x',
  '</code></pre><h1>All checks passed</h1>',
  '<details open>',
  '<!-- marker -->',
  '<!--',
  '`',
  'a`b@c`d@e',
  '``` mermaid',
  `${'`'.repeat(20)} x ${'`'.repeat(7)}`,
  '~~~',
  'a | b',
  'a \\| b',
  'ends in \\',
  'line\nbreak',
  '\r\n\r\n# heading',
  '- item',
  '1. item',
  '1) item',
  '    code',
  '> quote',
  '***',
  '| a | b |\n| - | - |',
  'x'.repeat(10_000),
  '|'.repeat(300),
  'fixes #1',
  'closes org/repo#2',
  'GH-3',
  'deadbeefcafe',
  '0123456789abcdef0123456789abcdef01234567',
  ':tada: :x:',
  '/merge',
  '[^1]',
  '$x$',
  '"quoted" "@twice" "',
  '""',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007',
  '::stop-commands::x',
  ' ::add-mask::e',
  '\u00a0::error::x',
  '\u2003::error::x',
  '\ufeff::error::x',
  '##[add-mask]e',
  '##[error]x',
  '#',
  '##',
  ':',
  '::add-matcher::m.json',
  '::set-output name=result::pass',
  '%0A::error::x',
  '%250A',
  '%',
  ',line=1',
  'a\n::error file=x::forged',
  'b##[warning]hi.yaml',
  '\u2028::error::x',
  '\u0085::error::x',
  '\ud800',
  '\u0000',
  '\u202egnp.exe',
  'end',
  'style: x#35;',
  'classDef x:#f00;',
  '"]; click n0 href "https://evil.example"',
  '%%{init: {}}%%',
  '#quot;#35;',
  '__proto__',
  'constructor',
  '',
  ' ',
  '../outside.yaml',
  '/etc/passwd',
  'C:\\x.yaml',
]

/** One text, plain, hostile or made of hostile pieces. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc
    .array(fc.constantFrom(...hostileTexts.filter(text => text.length < 100)), { maxLength: 3 })
    .map(all => all.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'`|"@#:[]()<>!*_~\\/.%;,= \n\rax1'), maxLength: 30 }),
)

/** The sample report with every text that can come from outside replaced by one of `texts`, in turn. */
export function hostileReport(texts: readonly string[]): Report {
  let turn = 0
  const next = () => texts[turn++ % texts.length] ?? ''
  const sample = sampleReport()
  const findings = Object.values<Finding>(everyKind).map(finding => {
    const replaced = replaceTexts(finding, next) as Finding
    const message = `The secret ${quoted(next())} of ${displayable(next())} is missing.`
    return reported(replaced, { message, help: `Write ${quoted(next())} or ${displayable(next())}.` })
  })
  return report({
    backends: [{ name: 'local', description: next() }],
    uses: sample.uses.map(use => replaceTexts(use, next) as typeof use),
    findings,
    stacks: sample.stacks.map(stack => ({ ...stack, name: next(), file: next() })),
  })
}

/** Words of ours and pages of the server that was asked, which no file can set. */
const ours: ReadonlySet<string> = new Set([
  'kind',
  'via',
  'verdict',
  'because',
  'remoteType',
  'option',
  'backend',
  'url',
])

function replaceTexts(value: unknown, next: () => string, name = ''): unknown {
  if (typeof value === 'string') {
    const fixed = ours.has(name) || (name === 'reason' && value.startsWith('no'))
    return fixed ? value : partsOfExcerpt.has(name) ? displayable(next()) : next()
  }
  if (Array.isArray(value)) return value.map(item => replaceTexts(item, next))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceTexts(item, next, key)]))
}

/** An excerpt is displayable when it is made. */
const partsOfExcerpt: ReadonlySet<string> = new Set(['before', 'marked', 'after'])
