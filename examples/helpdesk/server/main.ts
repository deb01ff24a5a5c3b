import { parseEnvironment } from './environment'
import { type Helpdesk, startHelpdesk } from './start-helpdesk'
import { StartupError } from './startup-error'

/** Errors whose message is a sentence for the person at the terminal; anything else is a bug and shows its stack. */
const isSentence = (error: unknown): error is Error =>
  error instanceof StartupError || (error instanceof Error && error.name === 'StorageError')

const fail = (error: unknown): never => {
  console.error(isSentence(error) ? error.message : error)
  process.exit(1)
}

const start = async (): Promise<Helpdesk> => startHelpdesk(parseEnvironment(process.env), (line) => console.log(line))

const started = start()

let firstSignalAt = 0
const stop = () => {
  // A terminal sends Ctrl-C to the whole group, and npm passes it on once more; a later one is from an impatient person.
  if (firstSignalAt > 0) {
    if (Date.now() - firstSignalAt > 1000) process.exit(130)
    return
  }
  firstSignalAt = Date.now()
  started.then((helpdesk) => helpdesk.close()).then(() => process.exit(0), fail)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

const { url, sandboxOrigin, ordersApiKey, exampleToken } = await started.catch(fail)

console.log(`
Souk is ready: ${url}

  Extensions run on   ${sandboxOrigin}
  Sign in as          Ada (admin of Acme Outdoor, may install apps) or Max (member)
                      Grace (admin of Globex Home) or Gus (member)
                      Nora (publishes the order app) or Rhea (reviews apps)
  API key for the settings form of "Order Lookup"
                      ${ordersApiKey}
  Token for those of the other apps
                      ${exampleToken}

  Stop with Ctrl-C.`)
