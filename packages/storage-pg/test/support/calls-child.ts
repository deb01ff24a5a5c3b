import { createInterface } from 'node:readline'
import { createSoukOver } from '../../../server-adapter/test/support/process-over'
import { connect } from '../../src/connect'
import { createPostgresStorage } from '../../src/create-postgres-storage'

/** What a process answers for each line it was sent: of each call its status, and the header that the broker would have attached. */
export interface CallsOfChild {
  readonly statuses: readonly number[]
  readonly headers: readonly string[]
}

// A process of its own: calls-child.ts <url> <schema> <origin of the OAuth server> <installation> <attached credential>.
// Each line on its input is how many calls to make at once.
const [url = '', schema = '', serviceOrigin = '', installationId = '', credential = ''] = process.argv.slice(2)
const { database } = await connect(url)
const souk = createSoukOver(createPostgresStorage({ database, schema }), serviceOrigin)
process.stdout.write('ready\n')
for await (const line of createInterface(process.stdin)) {
  const count = Number(line)
  const answers = await Promise.all(Array.from({ length: count }, () => souk.call('ada', installationId, '[]')))
  const told: CallsOfChild = {
    statuses: answers.map(({ status }) => status),
    headers: souk.calls.slice(-count).map(({ egress }) => egress.credentials[credential] ?? ''),
  }
  process.stdout.write(`${JSON.stringify(told)}\n`)
}
process.exit(0)
