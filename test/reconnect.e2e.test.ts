import { readFileSync } from 'node:fs'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  request as send,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInOverHttp } from '../examples/helpdesk/server/seed/sign-in-over-http'
import { installOrderLookup } from '../examples/helpdesk/test/support/install-order-lookup'
import { publishVersion } from '../examples/helpdesk/test/support/publish-version'
import { createDataDir, type RunningProduct, startProduct } from '../examples/helpdesk/test/support/start-product'
import { SERVICE_HOST, startProvider } from '../packages/server-adapter/test/support/start-provider'
import { resolveChromium } from '../scripts/chromium.mjs'
import { freePort } from './support/free-port'

const SHOP = `import { defineConnection } from '@souk/extension-sdk'

export default defineConnection({
  type: 'oauth2-code',
  scope: 'organization',
  label: 'Outlet',
  authorizationUrl: 'https://${SERVICE_HOST}/auth',
  tokenUrl: 'https://${SERVICE_HOST}/token',
  issuer: 'https://${SERVICE_HOST}',
  scopes: ['offline_access', 'orders:read'],
  parameters: { prompt: 'consent' },
  attach: [{ host: '${SERVICE_HOST}', header: 'Authorization', format: 'Bearer {value}' }],
})
`

const REMEMBER = `import { ConnectionExpiredError, getConnection } from '@souk/extension-sdk/server'

export const rememberSearch = async (query: string): Promise<void> => {
  const account = await getConnection('shop')
  const { status } = await account.fetch('https://${SERVICE_HOST}/searches', { method: 'POST', body: query })
  if (status === 401)
    throw new ConnectionExpiredError('The outlet has to be connected again.', {
      connection: 'shop',
      connectionId: account.id,
    })
}
`

const EDITS = [
  {
    file: 'souk.config.ts',
    from: '  egress: {\n    server: [\n',
    to: `  egress: {\n    server: [\n      { host: '${SERVICE_HOST}', purpose: 'Remembers what was searched.' },\n`,
  },
  {
    file: 'src/orders.server.ts',
    from: "import type { Order, Refund } from './order'\n",
    to: "import type { Order, Refund } from './order'\nimport { rememberSearch } from './remember-search.server'\n",
  },
  {
    file: 'src/orders.server.ts',
    from: '  return parseOrders(await askOrderService(`/orders?',
    to: '  await rememberSearch(text)\n  return parseOrders(await askOrderService(`/orders?',
  },
] as const

const tlsFile = (name: string) =>
  readFileSync(new URL(`../packages/server-adapter/test/fixtures/tls/${name}`, import.meta.url))

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo; only pipes have a string.
  return (server.address() as AddressInfo).port
}

const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** The outlet: a real OAuth server, and what it protects. The browser reaches it over TLS, the product as a stand-in on this machine. */
const startOutlet = async (redirectUri: string) => {
  const oauth = await startProvider({ redirectUri })
  /** Each request to remember a search: what was searched, and the answer. */
  const searches: { readonly query: string; readonly status: number; readonly token: string }[] = []
  const handle: RequestListener = async (request, response) => {
    if (request.url !== '/searches') {
      const { method, headers } = request
      const passed = send(`${oauth.origin}${request.url}`, { method, headers: { ...headers, host: SERVICE_HOST } })
      passed.once('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        answer.pipe(response)
      })
      request.pipe(passed)
      return
    }
    const query = await readText(request)
    const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const status = (await oauth.isActive(token)) ? 204 : 401
    searches.push({ query, status, token })
    response.writeHead(status).end()
  }
  const plain = createHttpServer(handle)
  const secure = createHttpsServer({ cert: tlsFile('worker.pem'), key: tlsFile('worker.key') }, handle)
  return {
    searches,
    origin: `http://127.0.0.1:${await listen(plain)}`,
    securePort: await listen(secure),
    /** The person takes the access back: the token and what renews it are worth nothing any more. */
    async revoke(token: string) {
      const found = await oauth.provider.AccessToken.find(token)
      const grant = await oauth.provider.Grant.find(found?.grantId ?? '')
      await grant?.destroy()
      await found?.destroy()
    },
    async stop() {
      for (const server of [plain, secure]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
      await oauth.stop()
    },
  }
}

/** Order Lookup in a version that remembers each search at the outlet, installed and set up. */
const setUpOrderLookup = async ({ url, ordersApiKey }: RunningProduct) => {
  const files = { 'src/shop.connection.ts': SHOP, 'src/remember-search.server.ts': REMEMBER }
  await publishVersion({ url, version: '1.1.0', releaseNotes: 'Searches are remembered.', edits: EDITS, files })
  const nora = await signInOverHttp(url, 'nora')
  await nora.put('/api/souk/developer/apps/order-lookup/oauth-clients/shop', {
    clientId: 'souk-client',
    clientSecret: 'client-secret-1234567890',
  })
  await nora.signOut()
  const ada = await signInOverHttp(url, 'ada')
  const id = await installOrderLookup(ada)
  await ada.put(`/api/souk/installations/${id}/settings/organization`, { values: { apiKey: ordersApiKey } })
  await ada.signOut()
}

let folder: Awaited<ReturnType<typeof createDataDir>>
let outlet: Awaited<ReturnType<typeof startOutlet>>
let product: RunningProduct
let browser: Browser

beforeAll(async () => {
  folder = await createDataDir()
  const port = await freePort()
  outlet = await startOutlet(`http://localhost:${port}/api/souk/connections/callback`)
  product = await startProduct(folder.path, {
    PORT: String(port),
    DEVELOPMENT_HOSTS: `${SERVICE_HOST}=${outlet.origin}`,
  })
  await setUpOrderLookup(product)
  const { executablePath, env, args } = await resolveChromium()
  browser = await chromium.launch({
    executablePath,
    env,
    args: [...args, `--host-resolver-rules=MAP ${SERVICE_HOST}:443 127.0.0.1:${outlet.securePort}`],
    // A window that nobody pressed for is blocked, as for everybody.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  })
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await outlet?.stop()
  await folder?.remove()
})

const search = async (page: Page, query: string) => {
  const widget = page.getByRole('region', { name: 'Order lookup' })
  await widget.getByLabel('E-mail, name or order number').fill(query)
  await widget.getByRole('button', { name: 'Find orders' }).click()
}

/** Says yes to the offer, and waits until the window of the service is gone by itself. */
const connect = async (page: Page, title: string) => {
  const question = page.getByRole('alertdialog')
  await question.getByText(title).waitFor()
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    question.getByRole('button', { name: 'Continue' }).click(),
  ])
  if (!opened.isClosed()) await opened.waitForEvent('close')
}

const foundOrder = (page: Page, id: string) =>
  page.getByRole('region', { name: 'Order lookup' }).getByRole('button', { name: id }).waitFor()

test('a call that lacks an account, or whose account was revoked, goes on after connecting, with its arguments and once', async () => {
  // The certificate of the service is one of the tests.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ignoreHTTPSErrors: true })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  try {
    await page.goto(product.url)
    await page.getByRole('button', { name: 'Ada Lindqvist' }).click()
    await page.getByRole('tab', { name: 'All' }).click()
    await page.getByRole('link', { name: 'Tent arrived with a torn rain fly' }).click()

    await search(page, 'NW-1042')
    await connect(page, 'Connect Outlet?')
    await foundOrder(page, 'NW-1042')
    expect(outlet.searches).toMatchObject([{ query: 'NW-1042', status: 204 }])

    await outlet.revoke(outlet.searches[0]?.token ?? '')
    await search(page, 'NW-1036')
    await connect(page, 'has to be connected again')
    await foundOrder(page, 'NW-1036')
    expect(outlet.searches).toMatchObject([
      { query: 'NW-1042', status: 204 },
      { query: 'NW-1036', status: 401 },
      { query: 'NW-1036', status: 204 },
    ])
  } catch (error) {
    const path = join(tmpdir(), 'fernhill-reconnect.png')
    await page.screenshot({ path }).catch(() => undefined)
    throw new Error(`The page looked like ${path}.`, { cause: error })
  } finally {
    await context.close()
  }
})
