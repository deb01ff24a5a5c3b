import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXAMPLE_TOKEN } from '../server/seed/example-apps'
import { openBrowser } from './support/open-browser'
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

/** In the order of installation: the title, and the label of the setting that its service asks for. */
const APPS = [
  ['Starter'],
  ['Team chat', 'API token'],
  ['Shop admin', 'API token'],
  ['Table base', 'API token'],
  ['Courier', 'Client secret'],
  ['Payments', 'API token'],
] as const

const goTo = (page: Page, section: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: section }).click()

const openTicket = async (page: Page) => {
  await goTo(page, 'Inbox')
  await page.getByRole('tab', { name: 'All' }).click()
  await page.getByRole('link', { name: 'Tent arrived with a torn rain fly' }).click()
}

const install = async (page: Page, title: string, secret: string | undefined) => {
  await goTo(page, 'Apps')
  await page.getByRole('button', { name: title, exact: true }).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Install', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Install' }).click()
  // What needs no settings is ready.
  if (!secret) return page.getByRole('button', { name: 'Manage' }).waitFor()
  await page.getByLabel(secret).fill(EXAMPLE_TOKEN)
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('This app is not set up yet').waitFor({ state: 'hidden' })
}

const choose = async (page: Page, place: Locator, label: string, option: string) => {
  await place.getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** By its title and that of its app. */
const widget = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** What each of them is for, done once. */
const uses = {
  async starter(page: Page) {
    await widget(page, 'Starter, Starter').getByRole('button', { name: 'Greet' }).click()
    await page.getByText('Hello Ada Lindqvist, about T-2048. Your help desk').waitFor()
  },
  async tableBase(page: Page) {
    const row = widget(page, 'Add a row, Table base')
    await choose(page, row, 'Base', 'crm')
    await choose(page, row, 'Table', 'deals')
    await row.getByLabel('Title').fill('Twelve mugs')
    await row.getByRole('button', { name: 'Add row' }).click()
    await page.getByText('A row was added to deals').waitFor()
    // The bytes go from the page to the server function; the frame has a handle of them.
    const csv = 'Title,Amount\nCups,24\n"Plates, blue",12\n'
    const file = { name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
    await row.getByLabel('Rows from a file').setInputFiles(file)
    await row.getByRole('button', { name: 'Import' }).click()
    await page.getByText('2 rows were added to deals').waitFor()
    await row.getByLabel('Rows from a file').setInputFiles({ ...file, buffer: Buffer.from('Price\n24\n') })
    await row.getByRole('button', { name: 'Import' }).click()
    await row.getByText('The first line of deals.csv has to name fields of deals: Title, Amount.').waitFor()
  },
  async courier(page: Page) {
    const parcel = widget(page, 'Parcel, Courier')
    await parcel.getByLabel('Parcel number').fill('SP17')
    await parcel.getByRole('button', { name: 'Track' }).click()
    // It moves on while it is looked at.
    await parcel.getByText(/accepted|on its way|at your door|delivered/).waitFor()
    // Its stations come one after another, as parts of one result.
    await parcel.getByText('5 stations').waitFor()
    expect(await parcel.getByRole('listitem').allTextContents()).toEqual([
      'Hamburg',
      'Hanover',
      'Kassel',
      'Frankfurt',
      'Munich',
    ])
    // Its own page, in the marketplace.
    await goTo(page, 'Apps')
    await page.getByRole('button', { name: 'Courier', exact: true }).click()
    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('navigation', { name: 'Sections of this app' }).getByRole('button', { name: 'App' }).click()
    await page.getByText('No parcel is watched').waitFor()
    await page.getByLabel('Parcel number').fill('SP18')
    await page.getByRole('button', { name: 'Watch' }).click()
    await page.getByRole('button', { name: 'Stop watching SP18' }).waitFor()
    await openTicket(page)
  },
  async payments(page: Page) {
    await widget(page, 'Payments, Payments').getByText('pay-1048').waitFor()
    await page.getByRole('button', { name: 'Quick actions' }).click()
    await page.getByRole('menuitem', { name: 'Refund a payment' }).click()
    const form = page.getByRole('dialog')
    expect(await form.getByRole('textbox', { name: /^Payment/ }).inputValue()).toBe('pay-1048')
    await choose(page, form, 'Reason', 'Came broken')
    await form.getByRole('button', { name: 'Refund a payment' }).click()
    const question = page.getByRole('alertdialog')
    await question.getByText('The money leaves at once and cannot be called back.').waitFor()
    await question.getByRole('button', { name: 'Refund a payment' }).click()
    await widget(page, 'Payments, Payments').getByText('432.9 EUR refunded').waitFor()
    // What an agent of the product asks, on behalf of who is signed in.
    const found = await page.evaluate(async () => {
      const ask = async (path: string, body?: object) => {
        const headers = { 'content-type': 'application/json', 'x-requested-with': 'agent' }
        const sent = body ? { method: 'POST', body: JSON.stringify(body), headers } : {}
        return (await fetch(`/api/souk${path}`, sent)).json()
      }
      const { items } = await ask('/tools')
      const [{ appInstallationId, id, agent }] = items
      const input = { ticketId: 'T-2048' }
      const call = { input, idempotencyKey: crypto.randomUUID() }
      return { agent, ...(await ask(`/installations/${appInstallationId}/tools/${id}`, call)) }
    })
    expect(found.agent).toMatchObject({ toolsetName: 'Payments' })
    expect(found.output).toMatchObject({ refundable: 0 })
    expect(found.output.payments).toContainEqual({ id: 'pay-1048', amount: 432.9, refunded: 432.9 })
  },
  async teamChat(page: Page) {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Post to #support' }).click()
    await page.getByText('Posted to #support').waitFor()
  },
  async shopAdmin(page: Page) {
    await goTo(page, 'Automations')
    await page.getByRole('button', { name: 'Add Work with the shop' }).click()
    const settings = page.getByRole('complementary', { name: /^Settings of / })
    await choose(page, settings, 'Resource', 'Gift card')
    await choose(page, settings, 'Operation', 'create')
    await settings.getByLabel('Title').pressSequentially('For a friend')
    expect(await settings.getByLabel('Title').inputValue()).toBe('For a friend')
    await settings.getByRole('button', { name: 'Run this step' }).click()
    await settings.getByText('{"id":"gift-card-1"}').waitFor()
  },
}

test('six example apps are found, installed, set up and do what they are for', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  try {
    await page.goto(product.url)
    await page.getByRole('button', { name: 'Ada Lindqvist' }).click()
    await page.getByRole('heading', { name: 'Inbox' }).waitFor()
    for (const [title, secret] of APPS) await install(page, title, secret)
    await openTicket(page)
    for (const use of Object.values(uses)) await use(page)
  } catch (error) {
    const path = join(tmpdir(), 'fernhill-example-apps.png')
    await page.screenshot({ path }).catch(() => undefined)
    throw new Error(`The page looked like ${path}.`, { cause: error })
  } finally {
    await context.close()
  }
})
