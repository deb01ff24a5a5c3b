import { once } from 'node:events'
import { connect } from '../../src/connect'
import { migrate } from '../../src/migrate'

// A process of its own: migrate-child.ts <url> <schema>. Prints the steps that it ran.
const [url = '', schema = ''] = process.argv.slice(2)
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const { database, close } = await connect(url)
for (const name of await migrate(database, { schema })) process.stdout.write(`${name}\n`)
await close()
process.exit(0)
