import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { createKeyboard } from './keyboard'

/** How the product is looked at. */
export interface Look {
  readonly language: 'en' | 'de'
  readonly theme: 'light' | 'dark'
  /** Of the window, in CSS pixels. */
  readonly width: number
}

const FOLDER = fileURLToPath(new URL('../../../../docs/screenshots/walk', import.meta.url))

/** What the screens are expected to say, in each of the languages. */
const WORDS = {
  en: {
    search: 'Search apps',
    overview: 'Overview',
    install: 'Install',
    cancel: 'Cancel',
    notSetUp: 'This app is not set up yet',
    save: 'Save settings',
    installed: 'Installed',
    installedApps: 'Installed apps',
    updates: 'Updates',
    available: 'Version 1.1.0 is available',
    review: 'Update…',
    newHosts: 'New: you allow the app to connect to',
    update: 'Update',
    connections: 'Connections',
    connect: 'Connect Parcel tracking',
    connectNow: 'Connect',
    connected: 'Connected',
    reconnect: 'Connect again: Parcel tracking',
    history: 'History',
    upgraded: 'Updated from 1.0.0 to 1.1.0',
    manage: 'Manage',
    uninstall: 'Uninstall',
    uninstalled: 'Order Lookup is uninstalled',
    yourApps: 'Your apps',
    checks: 'Publish checks',
    listing: 'Listing',
    logs: 'Logs',
    calls: 'Calls of server functions',
    accounts: 'Accounts',
    accountsTitle: 'Developer accounts',
    members: 'Members',
    keys: 'API keys',
    reviews: 'Reviews',
    changes: 'What changes',
    reject: 'Reject…',
    start: 'Start the review',
    reason: 'Reason',
  },
  de: {
    search: 'Apps suchen',
    overview: 'Überblick',
    install: 'Installieren',
    cancel: 'Abbrechen',
    notSetUp: 'Diese App ist noch nicht eingerichtet',
    save: 'Einstellungen speichern',
    installed: 'Installiert',
    installedApps: 'Installierte Apps',
    updates: 'Updates',
    available: 'Version 1.1.0 ist verfügbar',
    review: 'Aktualisieren …',
    newHosts: 'Neu: Sie erlauben der App die Verbindung zu',
    update: 'Aktualisieren',
    connections: 'Verbindungen',
    connect: 'Parcel tracking verbinden',
    connectNow: 'Verbinden',
    connected: 'Verbunden',
    reconnect: 'Erneut verbinden: Parcel tracking',
    history: 'Verlauf',
    upgraded: 'Von 1.0.0 auf 1.1.0 aktualisiert',
    manage: 'Verwalten',
    uninstall: 'Deinstallieren',
    uninstalled: 'Order Lookup ist deinstalliert',
    yourApps: 'Ihre Apps',
    checks: 'Prüfpunkte',
    listing: 'Eintrag',
    logs: 'Protokoll',
    calls: 'Aufrufe von Serverfunktionen',
    accounts: 'Konten',
    accountsTitle: 'Entwicklerkonten',
    members: 'Mitglieder',
    keys: 'API-Schlüssel',
    reviews: 'Prüfungen',
    changes: 'Was sich ändert',
    reject: 'Ablehnen …',
    start: 'Prüfung beginnen',
    reason: 'Begründung',
  },
} as const

/**
 * Walks through every screen of the marketplace, the developers and the reviewers, with a keyboard only. With `SOUK_SCREENSHOTS=1` it
 * writes a picture of each into docs/screenshots/walk.
 */
export const walkByKeyboard = async (browser: Browser, url: string, look: Look): Promise<void> => {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 600 ? 740 : 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  try {
    await page.goto(url)
    await walk(page, look)
  } catch (error) {
    const path = join(tmpdir(), 'souk-walk.png')
    await page.screenshot({ path }).catch(() => undefined)
    throw new Error(`The page looked like ${path}.`, { cause: error })
  } finally {
    await context.close()
  }
}

const walk = async (page: Page, look: Look): Promise<void> => {
  const words = WORDS[look.language]
  const keyboard = createKeyboard(page)
  const shoot = createPictures(page, look)
  const button = (name: string, within: Page | Locator = page) => within.getByRole('button', { name, exact: true })
  const heading = (name: string, within: Page | Locator = page) => within.getByRole('heading', { name, exact: true })
  const section = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })
  const continueAs = async (from: string, to: string) => {
    await keyboard.use(button(`Signed in as ${from}`))
    const person = page.getByRole('menuitemradio', { name: to })
    while (!(await keyboard.isFocused(person))) await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await button(`Signed in as ${to}`).waitFor()
  }

  // Who one is, and how one likes to read.
  await keyboard.use(page.getByRole('button', { name: 'Ada Lindqvist' }))
  await heading('Inbox').waitFor()
  await keyboard.use(section('Settings'))
  if (look.theme === 'dark') {
    await keyboard.reach(page.getByRole('radio', { name: 'Light' }))
    await keyboard.press('ArrowRight')
  }
  if (look.language === 'de') {
    await keyboard.reach(page.getByRole('radio', { name: 'English' }))
    await keyboard.press('ArrowRight')
  }
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(look.theme)

  // Browse, search, detail, consent.
  await keyboard.use(section('Apps'))
  await button('Payments').waitFor()
  await shoot('browse')
  await keyboard.type(page.getByRole('searchbox', { name: words.search }), 'refund')
  await button('Courier').waitFor({ state: 'detached' })
  await shoot('search')
  await keyboard.use(button('Payments'))
  await heading(words.overview).waitFor()
  await shoot('detail')
  await keyboard.use(button(words.install))
  const dialog = page.getByRole('dialog')
  await dialog.getByText('api.tillbox.example').waitFor()
  await keyboard.expectTrapped(dialog)
  await shoot('consent')
  await keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => keyboard.isFocused(button(words.install))).toBe(true)

  // Install: what runs shows itself, then the settings are asked for, and what the server refuses stands at its field.
  await keyboard.press('Enter')
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/souk/installations', async (route) => {
    await held
    await route.continue()
  })
  await keyboard.use(button(words.install, dialog))
  await expect.poll(() => dialog.getByRole('button').last().textContent()).toContain(words.install)
  await shoot('installing')
  answer()
  await page.getByText(words.notSetUp).waitFor()
  await page.unroute('**/api/souk/installations')
  await keyboard.use(button(words.save))
  await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(1)
  await shoot('settings-refused')

  // Installed, the update with what it asks for, connections.
  await keyboard.reach(button(words.installed), 'Shift+Tab')
  await keyboard.press('Enter')
  await heading(words.installedApps).waitFor()
  await button('Order Lookup').waitFor()
  await shoot('installed')
  await keyboard.use(button('Order Lookup'))
  await page.getByText(words.available).waitFor()
  await shoot('update')
  await keyboard.use(button(words.review))
  await heading(words.newHosts, dialog).waitFor()
  await dialog.getByText('tracking.northwind.example').first().waitFor()
  await shoot('update-consent')
  await keyboard.use(button(words.update, dialog))
  await dialog.waitFor({ state: 'detached' })
  await keyboard.use(button(words.connections))
  await button(words.connect).waitFor()
  await shoot('connections')
  await keyboard.use(button(words.connect))
  await keyboard.type(page.getByLabel('Tracking key'), 'a-key-of-the-carrier')
  await keyboard.use(button(words.connectNow))
  await page.getByText(words.connected, { exact: true }).waitFor()
  await shoot('connected')
  await keyboard.use(button(words.reconnect))
  await keyboard.reach(page.getByLabel('Tracking key'))
  await shoot('reconnect')

  // History, and the way out.
  await keyboard.reach(button(words.history), 'Shift+Tab')
  await keyboard.press('Enter')
  await page.getByText(words.upgraded).waitFor()
  await shoot('history')
  await keyboard.use(button(words.manage))
  await button(words.uninstall).waitFor()
  await shoot('manage')
  await keyboard.use(button(words.uninstall))
  const question = page.getByRole('alertdialog')
  await keyboard.expectTrapped(question)
  await shoot('uninstall')
  await keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await expect.poll(() => keyboard.isFocused(button(words.uninstall))).toBe(true)
  await keyboard.press('Enter')
  await keyboard.use(button(words.uninstall, question))
  await page.getByText(words.uninstalled).waitFor()
  await shoot('uninstalled')

  // A developer.
  await continueAs('Ada Lindqvist', 'Nora Brandt')
  await keyboard.use(section('Developer'))
  await heading(words.yourApps).waitFor()
  await button('Order Lookup').waitFor()
  await shoot('developer-apps')
  await keyboard.use(button('Order Lookup'))
  await button('1.2.0').waitFor()
  await shoot('developer-versions')
  await keyboard.use(button('1.2.0'))
  await heading('Order Lookup 1.2.0').waitFor()
  await shoot('developer-version')
  await keyboard.use(section('Developer'))
  await keyboard.use(button('Order Lookup'))
  await keyboard.use(button(words.listing))
  await heading(words.checks).waitFor()
  await shoot('developer-listing')
  await keyboard.use(button(words.logs))
  await heading(words.calls).waitFor()
  await shoot('developer-logs')
  await keyboard.reach(button(words.accounts), 'Shift+Tab')
  await keyboard.press('Enter')
  await heading(words.accountsTitle).waitFor()
  await shoot('developer-accounts')
  await keyboard.use(button('Northwind'))
  await heading(words.members).first().waitFor()
  await shoot('developer-members')
  await keyboard.use(button(words.keys))
  await heading(words.keys).first().waitFor()
  await shoot('developer-keys')

  // A reviewer.
  await continueAs('Nora Brandt', 'Rhea Castellan')
  await keyboard.use(section('Reviews'))
  await heading(words.reviews).waitFor()
  await button('Order Lookup 1.2.0').waitFor()
  await shoot('review-queue')
  await keyboard.use(button('Order Lookup 1.2.0'))
  await heading(words.changes).waitFor()
  await shoot('review-changes')
  await keyboard.use(button(words.start))
  await keyboard.use(button(words.reject))
  await keyboard.expectTrapped(dialog)
  await keyboard.reach(dialog.getByLabel(words.reason))
  await shoot('review-reject')
  await keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => keyboard.isFocused(button(words.reject))).toBe(true)
}

/** Each screen fits the window. A picture of it is written only when asked for, so that a test run changes no files. */
const createPictures = (page: Page, { language, theme, width }: Look) => {
  let step = 0
  return async (name: string): Promise<void> => {
    step += 1
    expect(await widerThanWindow(page), `${name} fits ${width} pixels`).toEqual([])
    expect(await page.locator(`[lang^="${language}"]`).count(), `${name} says its language`).toBeGreaterThan(0)
    if (process.env.SOUK_SCREENSHOTS !== '1') return
    const folder = `${FOLDER}/${language}-${theme}-${width}`
    await mkdir(folder, { recursive: true })
    // A value that is still arriving would be half there.
    await page.waitForFunction(() => !document.querySelector('.souk-skeleton'))
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    await sharp(picture)
      .png({ palette: true, colours: 64, effort: 9, compressionLevel: 9 })
      .toFile(`${folder}/${String(step).padStart(2, '0')}-${name}.png`)
  }
}

/** The boxes that make the page, or a part of it that is not meant to be pushed along, scroll sideways. */
const widerThanWindow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const scrollers = [document.documentElement, ...document.querySelectorAll('.fh-main, .souk-overlay, .souk-modal')]
    return scrollers
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)
  })
