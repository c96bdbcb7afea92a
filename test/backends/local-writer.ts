import { openLocalStore } from '../../src/backends/local/store.ts'

/** Registers secrets without end, to be killed: `node local-writer.ts FILE PREFIX [COUNT]`. Says each one once it is there. */
const [file = '', prefix = '', count = '1000000'] = process.argv.slice(2)
const store = openLocalStore({ secretsFile: file, localStores: '', componentId: undefined })
const { signal } = new AbortController()
for (let index = 0; index < Number(count); index++) {
  const name = `${prefix}-${index}`
  await store.create(
    { name, values: new Map([['key', 'v'.repeat(200)]]), schema: 'arbitrary', isPrivate: false },
    signal,
  )
  process.stdout.write(`${name}\n`)
}
