import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCli } from '../server/seed/publish-order-lookup'
import { askSandbox } from './support/ask-sandbox'
import { openBrowser } from './support/open-browser'
import { publishVersion } from './support/publish-version'
import { recordPostedMessages } from './support/record-posted-messages'
import { recordTraffic } from './support/record-traffic'
import { createScreenshots } from './support/screenshots'
import { createDataDir, type RunningProduct, startProduct } from './support/start-product'

let folder: Awaited<ReturnType<typeof createDataDir>>
let product: RunningProduct
let browser: Browser

beforeAll(async () => {
  folder = await createDataDir()
  const starting = startProduct(folder.path)
  browser = await openBrowser()
  product = await starting
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await folder?.remove()
})

const TENT = 'Tent arrived with a torn rain fly'

/** A browser of one person, as if on a machine of their own. */
const openAs = async (person: string): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  return { context, page: await signIn(context, person) }
}

const signIn = async (context: BrowserContext, person: string): Promise<Page> => {
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(product.url)
  await page.getByRole('button', { name: person }).click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  return page
}

const goTo = (page: Page, section: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: section }).click()

const openApp = async (page: Page) => {
  await goTo(page, 'Apps')
  await page.getByRole('button', { name: 'Order Lookup' }).click()
  await page.getByRole('heading', { name: 'Order Lookup', level: 1 }).waitFor()
}

const openTicket = async (page: Page, subject: string) => {
  await goTo(page, 'Inbox')
  await page.getByRole('tab', { name: 'All' }).click()
  await page.getByRole('link', { name: subject }).click()
  await page.getByRole('heading', { name: subject, level: 1 }).waitFor()
}

const widgetOf = (page: Page): Locator => page.getByRole('region', { name: 'Order lookup' })

const search = async (page: Page, text: string) => {
  const field = widgetOf(page).getByLabel('E-mail, name or order number')
  await field.fill('')
  await field.pressSequentially(text)
  expect(await field.inputValue()).toBe(text)
  await widgetOf(page).getByRole('button', { name: 'Find orders' }).click()
}

/** The order numbers in the widget, from top to bottom. */
const ordersIn = (page: Page) => widgetOf(page).getByRole('list', { name: 'Orders' }).getByRole('button')

const openTab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Sends a request with the page's own session, as a script on the page could. */
const ask = (page: Page, method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([method, path, body]) => {
      const response = await fetch(path, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      return { status: response.status, body: await response.json() }
    },
    [method, path, body] as const,
  )

const onFailure = async (page: Page, name: string, error: unknown): Promise<never> => {
  const path = join(tmpdir(), `fernhill-${name}.png`)
  await page.screenshot({ path }).catch(() => undefined)
  throw new Error(`The page looked like ${path}.`, { cause: error })
}

test('an admin finds, installs, sets up, uses, updates, rolls back, removes and reinstalls an app', async () => {
  const shoot = createScreenshots()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const traffic = recordTraffic(context)
  const posted = await recordPostedMessages(context)
  const secret = product.ordersApiKey

  const first = await context.newPage()
  await first.goto(product.url)
  await first.getByText('Ada Lindqvist').waitFor()
  await shoot(first, 'sign-in')
  await first.close()

  const page = await signIn(context, 'Ada Lindqvist')
  try {
    await page.getByRole('tabpanel', { name: 'Tickets' }).getByRole('listitem').first().waitFor()
    await shoot(page, 'inbox')

    // Browse, detail, consent, install.
    await goTo(page, 'Apps')
    await page.getByText('Find a customer’s Northwind orders').waitFor()
    await shoot(page, 'marketplace')
    await openApp(page)
    await page.getByText('tickets:read').waitFor()
    await page.getByText('orders.northwind.example', { exact: true }).waitFor()
    await shoot(page, 'app')
    await page.getByRole('button', { name: 'Install', exact: true }).click()
    const consent = page.getByRole('dialog')
    await consent.getByText('tickets:read').waitFor()
    await consent.getByText('orders.northwind.example').waitFor()
    await shoot(page, 'consent')
    await consent.getByRole('button', { name: 'Install' }).click()
    await page.getByText('This app is not set up yet').waitFor()
    const installationId = page.url().match(/\/installed\/([a-z2-7]{26})\//)?.[1] ?? ''
    expect(installationId).not.toBe('')

    // Settings: the server refuses a value on its field, then saves.
    await page.getByLabel('API URL').fill('http://127.0.0.1:22')
    await page.getByLabel('API key').fill('short')
    const [refused] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'PUT'),
      page.getByRole('button', { name: 'Save settings' }).click(),
    ])
    expect(await refused.json()).toMatchObject({ code: 'INVALID_INPUT', fields: { apiKey: expect.any(String) } })
    await expect.poll(() => page.getByLabel('API key').getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => page.getByLabel('API URL').getAttribute('aria-invalid')).toBe('true')
    await shoot(page, 'settings-refused')
    await page.getByLabel('API URL').fill('https://orders.northwind.example/v1')
    await page.getByLabel('API key').fill(secret)
    await page.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Settings saved').waitFor()
    await page.getByText('A value is saved.').waitFor()
    await shoot(page, 'settings-saved')

    // The widget, in the product's components, out of a frame on an origin of its own.
    await openTicket(page, TENT)
    await widgetOf(page).getByRole('button', { name: 'Find orders' }).waitFor()
    expect(await widgetOf(page).getByRole('button', { name: 'Find orders' }).getAttribute('class')).toBe('fh-button')
    await shoot(page, 'widget')
    const frame = page.locator('iframe')
    expect(await frame.count()).toBe(1)
    expect(await frame.getAttribute('sandbox')).toBe('allow-scripts allow-same-origin')
    const frameUrl = (await frame.getAttribute('src')) ?? ''
    expect(new URL(frameUrl).origin).toBe(product.sandboxOrigin.replace('*', installationId))
    expect(new URL(frameUrl).origin).not.toBe(new URL(product.url).origin)
    expect(await askSandbox(frameUrl)).toBe(200)

    // Typing, clicking, server functions.
    await search(page, 'lena')
    await expect.poll(() => ordersIn(page).allTextContents()).toEqual(['NW-1066', 'NW-1042', 'NW-1036'])
    expect(await widgetOf(page).locator('.fh-badge').allTextContents()).toEqual(['Shipped', 'Delivered', 'Delivered'])
    await shoot(page, 'orders')
    await ordersIn(page).filter({ hasText: 'NW-1042' }).click()
    await widgetOf(page).getByText('DPD-5529-7714').waitFor()
    await shoot(page, 'order')

    // The record action, its dialog, the errors of its form, a refund.
    await page.getByRole('button', { name: 'More actions' }).click()
    await shoot(page, 'actions')
    await page.getByRole('menuitem', { name: 'Refund an order' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Refund', exact: true }).click()
    await dialog.getByText('Enter an order number, such as NW-1042.').waitFor()
    await dialog.getByText('Enter an amount above 0.').waitFor()
    expect(await dialog.getByLabel('Order number').getAttribute('aria-invalid')).toBe('true')
    await shoot(page, 'refund-refused')
    await dialog.getByLabel('Order number').fill('NW-1042')
    await dialog.getByLabel('Amount in euros').fill('5000')
    await chooseReason(page, dialog)
    await dialog.getByRole('button', { name: 'Refund', exact: true }).click()
    await dialog.getByText('At most €432.90 is left to refund.').waitFor()
    await dialog.getByLabel('Amount in euros').fill('89')
    await dialog.getByLabel('Note').fill('Torn rain fly')
    await dialog.getByRole('button', { name: 'Refund', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Refund created').waitFor()
    await widgetOf(page).getByText('Refunded').waitFor()
    await shoot(page, 'refunded')

    await expectNoSecret(traffic, posted, page, secret)

    // A member of the same organization uses it, and cannot install or change it.
    const max = await openAs('Max Oduya')
    await openTicket(max.page, TENT)
    await widgetOf(max.page).getByRole('button', { name: 'Find orders' }).waitFor()
    await openApp(max.page)
    expect(await max.page.getByRole('button', { name: 'Install', exact: true }).count()).toBe(0)
    const app = (await ask(max.page, 'GET', '/api/souk/catalog/apps/order-lookup')).body
    const installBody = {
      appId: app.id,
      deploymentId: app.deployment.id,
      grantedScopes: ['tickets:read'],
      grantedEgress: ['orders.northwind.example'],
    }
    expect(await ask(max.page, 'POST', '/api/souk/installations', installBody)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    })
    expect(await ask(max.page, 'POST', `/api/souk/installations/${installationId}/uninstall`, {})).toMatchObject({
      status: 403,
    })
    await max.context.close()

    // Another organization sees nothing of it.
    const grace = await openAs('Grace Moreau')
    await openTicket(grace.page, 'Espresso machine leaks from the group head')
    await grace.page.getByText('Show your other tools here').waitFor()
    expect(await widgetOf(grace.page).count()).toBe(0)
    expect(await grace.page.locator('iframe').count()).toBe(0)
    await shoot(grace.page, 'other-organization')
    await openApp(grace.page)
    await grace.page.getByRole('button', { name: 'Install', exact: true }).waitFor()
    expect((await ask(grace.page, 'GET', '/api/souk/installations')).body).toEqual({
      items: [],
      nextCursor: null,
    })
    for (const path of ['', '/settings/organization', '/events'])
      expect((await ask(grace.page, 'GET', `/api/souk/installations/${installationId}${path}`)).status).toBe(404)
    await grace.context.close()

    // A new version with a change that can be seen; pinned, it waits until the admin updates.
    expect(
      await ask(page, 'POST', `/api/souk/installations/${installationId}/channel`, { channel: 'pinned' }),
    ).toMatchObject({ status: 200, body: { channel: 'pinned' } })
    await publishReversing(product.url)
    await goTo(page, 'Apps')
    await openTab(page, 'Installed')
    await page.getByRole('button', { name: 'Order Lookup' }).click()
    await openTab(page, 'Updates')
    await page.getByText('Version 1.1.0 is available').waitFor()
    await shoot(page, 'update')
    await page.getByRole('button', { name: 'Update…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Update', exact: true }).click()
    await page.getByText('is now at version 1.1.0').waitFor()
    await openTicket(page, TENT)
    await search(page, 'lena')
    await widgetOf(page).getByRole('button', { name: 'Reverse' }).waitFor()
    await shoot(page, 'updated')

    // A keyed reorder moves what the host drew: the elements stay the same ones.
    await ordersIn(page).evaluateAll((buttons) => {
      for (const button of buttons) Reflect.set(button, 'drawnFor', button.textContent)
    })
    await widgetOf(page).getByRole('button', { name: 'Reverse' }).click()
    await expect.poll(() => ordersIn(page).allTextContents()).toEqual(['NW-1036', 'NW-1042', 'NW-1066'])
    expect(
      await ordersIn(page).evaluateAll((buttons) => buttons.map((button) => Reflect.get(button, 'drawnFor'))),
    ).toEqual(['NW-1036', 'NW-1042', 'NW-1066'])

    // Back to the version before.
    await openInstallation(page)
    await openTab(page, 'Manage')
    await page.getByRole('button', { name: 'Roll back' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click()
    await page.getByText('is back at version 1.0.0').waitFor()
    await shoot(page, 'rolled-back')
    await openTicket(page, TENT)
    await search(page, 'lena')
    await expect.poll(() => ordersIn(page).count()).toBe(3)
    expect(await widgetOf(page).getByRole('button', { name: 'Reverse' }).count()).toBe(0)
    const lastFrameUrl = (await page.locator('iframe').getAttribute('src')) ?? ''

    // Uninstalled: everything stops, even in a tab that was open before.
    const admin = await context.newPage()
    await admin.goto(product.url)
    await openInstallation(admin)
    await openTab(admin, 'Manage')
    await admin.getByRole('button', { name: 'Uninstall', exact: true }).click()
    await admin.getByRole('alertdialog').getByRole('button', { name: 'Uninstall' }).click()
    await admin.getByText('Order Lookup is uninstalled').waitFor()
    await shoot(admin, 'uninstalled')
    await openTicket(admin, TENT)
    await admin.getByText('Show your other tools here').waitFor()
    expect(await widgetOf(admin).count()).toBe(0)
    const [stopped] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/functions')),
      search(page, 'NW-1042'),
    ])
    expect(await stopped.json()).toMatchObject({ code: 'APP_NOT_INSTALLED' })
    expect(await askSandbox(lastFrameUrl)).toBe(404)

    // Installed again: its settings were kept.
    await openApp(admin)
    await admin.getByRole('button', { name: 'Install again' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'Install' }).click()
    await admin.getByText('Order Lookup is installed').waitFor()
    await openTicket(admin, TENT)
    await search(admin, 'NW-1042')
    await expect.poll(() => ordersIn(admin).allTextContents()).toEqual(['NW-1042'])
    await shoot(admin, 'reinstalled')
    await openInstallation(admin)
    await admin.getByText('A value is saved.').waitFor()
    await openTab(admin, 'History')
    await admin.getByText('Installed again, version 1.1.0').waitFor()
    await shoot(admin, 'history')

    // The same, in the dark.
    await admin.getByRole('button', { name: 'Dark mode' }).click()
    await openTicket(admin, TENT)
    await search(admin, 'lena')
    await expect.poll(() => ordersIn(admin).count()).toBe(3)
    await shoot(admin, 'dark')

    await expectNoSecret(traffic, posted, page, secret)
    await expectNoSecret(traffic, posted, admin, secret)
  } catch (error) {
    await onFailure(context.pages().at(-1) ?? page, 'main-job', error)
  }
  await context.close()
})

test('a developer lets a command line in, and it acts for them until they log out', async () => {
  const home = await createDataDir()
  const souk = (...args: readonly string[]) =>
    spawn(process.execPath, [findCli(), ...args], {
      env: { PATH: process.env.PATH, HOME: home.path, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const login = souk('login', '--url', `${product.url}/api/souk`, '--name', 'Laptop of Nora')
  const ended = textOf(login)
  const link = await new Promise<string>((resolve, reject) => {
    let shown = ''
    login.stderr.on('data', (chunk: Buffer) => {
      shown += chunk.toString()
      const found = /Open (http\S+)/.exec(shown)
      if (found?.[1] && shown.includes('Waiting')) resolve(found[1])
    })
    login.once('close', () => reject(new Error(`souk login ended early: ${shown}`)))
  })

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(link)
  await page.getByRole('button', { name: 'Nora Brandt' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: '“Laptop of Nora” asks to act for you' }).waitFor()
  await page.getByRole('button', { name: 'Let it in' }).click()
  await page.getByText('The command line is logged in').waitFor()
  await context.close()

  expect(await ended).toMatch(/Logged in to .* until \d{4}-\d{2}-\d{2}/)
  expect(await textOf(souk('whoami'))).toContain('Northwind')
  expect(await textOf(souk('logout'))).toContain('Logged out')
  await home.remove()
})

/** What a command printed, once it has ended well. */
const textOf = async (child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> => {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`It ended with ${code}: ${text}`)
  return text
}

const openInstallation = async (page: Page) => {
  await goTo(page, 'Apps')
  await openTab(page, 'Installed')
  await page.getByRole('button', { name: 'Order Lookup' }).click()
  await page.getByRole('heading', { name: 'Order Lookup', level: 1 }).waitFor()
}

const chooseReason = async (page: Page, dialog: Locator) => {
  await dialog.getByRole('button', { name: 'Reason' }).click()
  await page.getByRole('option', { name: 'Arrived damaged' }).click()
}

/** Version 1.1.0 has a button that turns the list of orders around. */
const publishReversing = (url: string) =>
  publishVersion({
    url,
    version: '1.1.0',
    releaseNotes: 'The list of orders can be turned around.',
    edits: [
      { file: 'src/widgets/order-results.tsx', from: '  Badge,\n', to: '  Badge,\n  Button,\n' },
      {
        file: 'src/widgets/order-results.tsx',
        from: 'const [openId,',
        to: 'const [isReversed, setReversed] = useState(false)\n  const [openId,',
      },
      {
        file: 'src/widgets/order-results.tsx',
        from: '<List label="Orders">',
        to: '<Button size="small" onPress={() => setReversed(!isReversed)}>Reverse</Button>\n      <List label="Orders">',
      },
      {
        file: 'src/widgets/order-results.tsx',
        from: '{sortOrders(found, organization.showFirst).map(',
        to: '{[...sortOrders(found, organization.showFirst)][isReversed ? "reverse" : "slice"]().map(',
      },
    ],
  })

/** The secret was typed and sent once; after that it is nowhere in what the browser saw. */
const expectNoSecret = async (
  traffic: ReturnType<typeof recordTraffic>,
  posted: Awaited<ReturnType<typeof recordPostedMessages>>,
  page: Page,
  secret: string,
) => {
  const entries = await traffic.entries()
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  const holding = entries.filter(({ text }) => text.includes(secret) || text.includes(base64))
  expect(holding.map(({ about }) => about)).toEqual([
    expect.stringMatching(/^request body of PUT .*\/settings\/organization$/),
  ])
  // The recorder sees what it should see: otherwise the line above would prove nothing.
  const answers = entries.filter(({ about }) => /^response body of POST .*\/functions$/.test(about))
  expect(answers.some(({ text }) => text.includes('NW-1042'))).toBe(true)
  const messages = await posted.of(page)
  expect(messages.some((text) => text.includes('trigger-surface'))).toBe(true)
  expect(messages.filter((text) => text.includes(secret))).toEqual([])
  for (const frame of page.frames()) expect(await frame.content()).not.toContain(secret)
}
