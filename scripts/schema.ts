/** Writes the published JSON schemas. Usage: node scripts/schema.ts */
import { writeFileSync } from 'node:fs'
import { reportJsonSchema } from '../src/reports/report-schema.ts'

const target = new URL('../schema/report-v1.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(reportJsonSchema(), undefined, 2)}\n`)
