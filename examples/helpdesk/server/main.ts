import { parseEnvironment } from './environment'
import { startHelpdesk } from './start-helpdesk'
import { StartupError } from './startup-error'

/** Errors whose message is a sentence for the person at the terminal; anything else is a bug and shows its stack. */
const isSentence = (error: unknown): error is Error =>
  error instanceof StartupError || (error instanceof Error && error.name === 'StorageError')

const fail = (error: unknown): never => {
  console.error(isSentence(error) ? error.message : error)
  process.exit(1)
}

const helpdesk = await startHelpdesk(parseEnvironment(process.env), (line) => console.log(line)).catch(fail)

console.log(`
Souk is ready: ${helpdesk.url}

  Extensions run on   ${helpdesk.sandboxOrigin}
  Sign in as          Ada (admin of Acme Outdoor, may install apps) or Max (member)
                      Grace (admin of Globex Home) or Gus (member)
                      Nora (publishes the order app) or Rhea (reviews apps)
  API key for the settings form of "Order Lookup"
                      ${helpdesk.ordersApiKey}

  Stop with Ctrl-C.`)

let stopping = false
const stop = () => {
  // A terminal sends Ctrl-C to the whole group, and npm passes it on once more.
  if (stopping) return
  stopping = true
  helpdesk.close().then(
    () => process.exit(0),
    (error: unknown) => fail(error),
  )
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
