import { fileURLToPath } from 'node:url'
import { type Caller, createSouk } from '@souk/server-adapter'
import { toNodeListener } from '@souk/server-adapter/node'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { createSandbox } from '@souk/server-adapter/sandbox'
import { createPostgresStorage } from '@souk/storage-pg'
import { createApp, findPerson } from './create-app'
import { openDatabase } from './database'
import type { Environment } from './environment'
import { listen } from './listen'
import { createOrderService } from './orders/order-service'
import { seedOrders } from './orders/seed-orders'
import { loadSecrets } from './secrets'
import { EXAMPLE_APPS, EXAMPLE_TOKEN } from './seed/example-apps'
import { publishExamples } from './seed/publish-examples'
import { publishOrderLookup } from './seed/publish-order-lookup'
import { seedHelpdesk } from './seed/seed-helpdesk'
import { createSessions, type Person } from './sessions'
import { createTickets } from './tickets'

export interface Helpdesk {
  readonly url: string
  /** `*` stands for the id of an installation. */
  readonly sandboxOrigin: string
  /** What an admin types into the settings of the order app. */
  readonly ordersApiKey: string
  /** What an admin types into the settings of the other apps. */
  readonly exampleToken: string
  close(): Promise<void>
}

/** The host name that the order app asks for; as with those of the other apps, the egress broker sends its requests to our own order service. */
const ORDERS_HOST = 'orders.northwind.example'

const CLIENT_DIR = fileURLToPath(new URL('../dist', import.meta.url))

type Handler = { fetch(request: Request): Promise<Response> | Response }

const STARTING: Handler = {
  fetch: () => new Response('Fernhill Desk is starting.', { status: 503, headers: { 'retry-after': '2' } }),
}

/**
 * Starts the whole product: order service, database, Souk, sandbox origin, the apps that are published in its marketplace and the services they talk to.
 *
 * @throws {StartupError} For what the person at the terminal can put right. Nothing stays open then.
 */
export const startHelpdesk = async (
  environment: Environment,
  report: (line: string) => void = () => undefined,
): Promise<Helpdesk> => {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end()
  }
  try {
    return { ...(await start(environment, report, closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

const start = async (
  environment: Environment,
  report: (line: string) => void,
  closers: (() => Promise<void>)[],
): Promise<Omit<Helpdesk, 'close'>> => {
  // The ports come first: their numbers are part of Souk's configuration, and a busy one is the commonest trouble.
  let product = STARTING
  let sandbox = STARTING
  const productServer = await listen(
    toNodeListener({ fetch: async (request) => product.fetch(request) }),
    environment.port,
    'PORT',
  )
  closers.push(productServer.close)
  const sandboxServer = await listen(
    toNodeListener({ fetch: async (request) => sandbox.fetch(request) }),
    environment.sandboxPort,
    'SANDBOX_PORT',
  )
  closers.push(sandboxServer.close)
  const url = `http://localhost:${productServer.port}`
  const isolation = environment.isolation
  const sandboxOrigin =
    isolation === 'origin' ? `http://*.localhost:${sandboxServer.port}` : `http://127.0.0.1:${sandboxServer.port}`

  const secrets = await loadSecrets(environment.dataDir)
  const database = await openDatabase(environment)
  closers.push(database.close)
  await seedHelpdesk(database)
  const sessions = createSessions(database.query)

  const orders = createOrderService({ apiKey: secrets.ordersApiKey, orders: seedOrders(new Date()) })
  const ordersServer = await listen(
    toNodeListener({ fetch: async (request) => orders.fetch(request) }),
    environment.ordersPort,
    'ORDERS_PORT',
  )
  closers.push(ordersServer.close)

  const developmentHosts: Record<string, string> = {
    ...environment.developmentHosts,
    [ORDERS_HOST]: `http://127.0.0.1:${ordersServer.port}`,
  }
  for (const { service } of EXAMPLE_APPS) {
    if (!service) continue
    const { fetch } = service.create(EXAMPLE_TOKEN)
    const server = await listen(toNodeListener({ fetch }), 0, 'PORT')
    closers.push(server.close)
    developmentHosts[service.host] = `http://127.0.0.1:${server.port}`
  }

  const runtime = createProcessRuntime({ egress: { developmentHosts } })
  closers.push(() => runtime.dispose())
  const storage = createPostgresStorage({ database: database.souk })
  const hostOrigins = [url]
  const souk = createSouk({
    storage,
    authenticate: async (request) => toCaller(await findPerson(sessions, request)),
    secrets: { current: secrets.settingsKey },
    runtime,
    sandbox: { isolation, origin: sandboxOrigin, hostOrigins },
    connections: { egress: { developmentHosts } },
    deviceLogin: { verificationUri: `${url}/device` },
    // A desk with automations would keep them and begin some; this one says what arrived.
    onTriggerEvents: ({ triggerId, events }) => report(`${events.length} events for the trigger ${triggerId} arrived.`),
    onError: (error: unknown) => console.error(error),
  })
  closers.push(async () => souk.close())
  sandbox = createSandbox({ storage, isolation, origin: sandboxOrigin, hostOrigins })
  product = createApp({
    sessions,
    tickets: createTickets(database),
    souk,
    clientDir: CLIENT_DIR,
    frameSource: sandboxOrigin,
  })

  await Promise.all([publishOrderLookup({ url, report }), publishExamples(souk.api, report)])
  return { url, sandboxOrigin, ordersApiKey: secrets.ordersApiKey, exampleToken: EXAMPLE_TOKEN }
}

const toCaller = (person: Person | undefined): Caller | null =>
  person
    ? {
        userId: person.id,
        organizationId: person.organization.id,
        role: person.role,
        reviewer: person.reviewer,
        name: person.name,
      }
    : null
