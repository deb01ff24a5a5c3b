import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { AttackResult, Isolation } from './attack'
import { differences, type PageFacts, readFacts, type WindowEvents, watchWindows } from './page-facts'
import { openPageSession, type PageSession } from './page-session'
import type { StagedAttack, World } from './world/create-world'

/** What is waited for here comes before any attack, or is its first word. A busy machine may take its time. */
const READY_MS = 60_000
const DONE_MS = 8_000
const SETTLE_MS = 250
const PREPARATIONS = 3

const plantSecrets = async (page: Page, secret: string) => {
  await page.evaluate(async (value) => {
    localStorage.setItem('secret', `${value}-local`)
    sessionStorage.setItem('secret', `${value}-session`)
    await (await caches.open('secret')).put('/secret-cache', new Response(`${value}-cache`))
    await new Promise((resolve) => {
      const open = indexedDB.open('secret', 1)
      open.onupgradeneeded = () => open.result.createObjectStore('secret').put(`${value}-database`, 'secret')
      open.onsuccess = () => resolve(open.result.close())
    })
    const hidden = document.createElement('meta')
    hidden.name = 'csrf'
    hidden.content = `${value}-dom`
    document.head.append(hidden)
    const channel = new BroadcastChannel('secret')
    setInterval(() => channel.postMessage(`${value}-broadcast`), 100)
  }, secret)
}

/** Waits for a line of every attack: the hostile code says that it began, and that it is through. */
const waitForLines = (page: Page, word: string, ids: readonly string[], timeout: number): Promise<boolean> =>
  page
    .waitForFunction(
      ({ ids, word }) => ids.every((id) => cage.lines.some((line) => line.startsWith(`cage:${word}:${id}:`))),
      { ids, word },
      { timeout, polling: 50 },
    )
    .then(
      () => true,
      () => false,
    )

const pressAll = async (page: Page, ids: readonly string[]) => {
  for (const id of ids) {
    const buttons = page.locator(`[data-attack="${id}"] :is(button, a, input)`)
    for (let index = 0; index < Math.min(await buttons.count(), 10); index++)
      await buttons
        .nth(index)
        .click({ timeout: 1_000, noWaitAfter: true })
        .catch(() => {})
  }
  await page
    .locator('#field')
    .focus({ timeout: 1_000 })
    .catch(() => {})
}

export interface PageRun {
  readonly mode: Isolation
  readonly browser: Browser
  readonly world: World
}

interface Prepared {
  readonly context: BrowserContext
  readonly page: Page
  readonly session: PageSession
  readonly windows: WindowEvents
  readonly before: PageFacts
}

/** The product's page as it is before any attack: secrets in every storage, a sibling that answers, the focus in a field. */
const preparePage = async ({ browser, world }: PageRun, ids: readonly string[]): Promise<Prepared> => {
  const context = await browser.newContext({ acceptDownloads: true })
  try {
    context.setDefaultNavigationTimeout(READY_MS)
    await context.addCookies([
      { name: 'session', value: 'admin', url: world.url, httpOnly: true, sameSite: 'Lax' },
      { name: 'plain', value: `${world.secret}-cookie`, url: world.url },
    ])
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.url })
    const page = await context.newPage()
    const windows = watchWindows(context, page)
    // The secrets are there before any extension is.
    await page.goto(`${world.url}/?show=`)
    await plantSecrets(page, world.secret)
    await page.goto(`${world.url}/?show=${world.victim.slug},silent&attacks=${ids.join()}`)
    await plantSecrets(page, world.secret)
    await page.getByRole('button', { name: 'victim 0' }).waitFor({ timeout: READY_MS })
    await page.locator('#field').focus()
    const session = await openPageSession(page)
    const before = await readFacts(session)
    if (before['covered points'] !== '[]')
      throw new Error(`The header is covered before the attacks: ${before['covered points']}`)
    if (before.page !== undefined) throw new Error(`The page could not be read before the attacks: ${before.page}`)
    return { context, page, session, windows, before }
  } catch (error) {
    await context.close()
    throw error
  }
}

/** Nothing hostile runs while a page is prepared, so that trying again hides nothing. */
const prepare = async (run: PageRun, ids: readonly string[], left = PREPARATIONS): Promise<Prepared> => {
  try {
    return await preparePage(run, ids)
  } catch (error) {
    if (left <= 1) throw error
    return prepare(run, ids, left - 1)
  }
}

/** What the network stack was asked to resolve is known only when the browser has ended: see `run-mode.ts`. */
export const runPage = async (run: PageRun, staged: readonly StagedAttack[]): Promise<readonly AttackResult[]> => {
  const { mode, browser, world } = run
  const ids = staged.map(({ attack }) => attack.id)
  const { context, page, session, windows, before } = await prepare(run, ids)
  try {
    for (const { collector } of staged) collector.take()
    const invokedBefore = world.invoked.length
    await page.evaluate(() => cage.attack())
    await waitForLines(page, 'ran', ids, READY_MS)
    await waitForLines(page, 'done', ids, DONE_MS)
    const pressed = staged.filter(({ attack }) => attack.press).map(({ attack }) => attack.id)
    if (pressed.length > 0) await pressAll(page, pressed)
    await sleep(Math.max(...staged.map(({ attack }) => attack.settleMs ?? SETTLE_MS)))

    const after = await readFacts(session)
    const victim = await checkVictim(session)
    const isVictimWell =
      victim === 'alive' ||
      (victim === 'ended' && staged.some(({ attack }) => attack.mayEndSibling?.includes(run.mode)))
    const shared = [
      ...differences(before, after),
      // What the suite evaluates in the page counts as a press of the user there, after which a browser allows one.
      ...(windows.popups.length === 1 ? [`one window was opened: ${windows.popups[0]}`] : []),
      ...(windows.popups.length > 1 ? [`${windows.popups.length} windows were opened: ${windows.popups[0]}`] : []),
      ...windows.nativeDialogs.map((text) => `a native dialog was shown: ${text}`),
      ...(session.hasCrashed() ? ['the page of the product crashed'] : []),
      ...windows.downloads.map((url) => `a download began: ${url}`),
      ...(isVictimWell ? [] : ['the sibling does not answer any more']),
    ].filter((fact) => !staged.some(({ attack }) => attack.allows?.some((name) => fact.startsWith(name))))
    const noted = await session
      .ask(() => ({ lines: cage.lines, marked: cage.marked }), null)
      .catch(() => ({ lines: [] as string[], marked: [] as string[] }))
    // What the whole page shows cannot be laid at one attack's door: each runs again, alone.
    if (shared.length > 0 && staged.length > 1) {
      const results: AttackResult[] = []
      for (const one of staged) results.push(...(await runPage({ mode, browser, world }, [one])))
      return results
    }
    const invoked = world.invoked.slice(invokedBefore)
    const results: AttackResult[] = []
    for (const one of staged) {
      const { attack, installationId, collector } = one
      const own = noted.lines.filter((line) => line.split(':')[2] === attack.id)
      const of = (word: string) =>
        own.filter((line) => line.startsWith(`cage:${word}:`)).map((line) => line.split(':').slice(3).join(':'))
      const seen = attack.seen
        ? await judgeInPage(session, attack.id, attack.seen, {
            invoked,
            installationId,
            others: world.others,
          })
        : undefined
      const proofs = [
        ...collector.take().map((request) => `the collector received ${request}`),
        ...of('leak')
          .filter((text) => text.includes(world.secret))
          .map((text) => `it got hold of ${text.slice(0, 80)}`),
        ...noted.marked
          .filter(
            (text) =>
              text.includes(`hostile-mark:${attack.id}`) ||
              (text.startsWith(installationId) && text.includes(world.secret)),
          )
          .map((text) => `this reached the host: ${text.slice(0, 120)}`),
        ...shared,
        ...(seen ? [seen] : []),
      ]
      const hasRun = of('ran').length > 0
      results.push({
        id: attack.id,
        title: attack.title,
        theme: attack.theme,
        realm: attack.realm ?? 'worker',
        mode,
        outcome: proofs.length > 0 ? 'succeeded' : hasRun ? 'blocked' : 'inconclusive',
        evidence:
          proofs.length > 0
            ? proofs.slice(0, 4).join('; ')
            : hasRun
              ? (of('note')[0]?.slice(0, 200) ?? 'nothing was seen from outside')
              : 'the code never ran',
      })
    }
    return results
  } finally {
    await context.close()
  }
}

/** Whether the sibling still draws and hears, or has ended in a notice, with a retry. */
const checkVictim = ({ ask }: PageSession): Promise<'alive' | 'ended' | 'silent'> =>
  ask(async () => {
    const box = document.querySelector('[data-attack="victim"]')
    const hasEnded = () => Boolean(box?.querySelector('[role=alert] button'))
    const textOf = () => (hasEnded() ? undefined : box?.querySelector('button')?.textContent)
    const becomes = async (isSo: () => boolean, seconds: number) => {
      for (let left = seconds * 10; left > 0 && !isSo(); left--)
        await new Promise((resolve) => setTimeout(resolve, 100))
      return isSo()
    }
    if (!(await becomes(() => textOf() !== undefined, 10))) return hasEnded() ? 'ended' : 'silent'
    const before = textOf()
    // Not a click of the mouse: a dialog may stand in front, and the focus stays where it is.
    box?.querySelector('button')?.click()
    if (!(await becomes(() => textOf() !== before, 20))) return 'silent'
    return hasEnded() ? 'ended' : 'alive'
  }, null).catch(() => 'silent')

const judgeInPage = async (
  { ask }: PageSession,
  id: string,
  seen: string,
  facts: { readonly invoked: readonly string[]; readonly installationId: string; readonly others: readonly string[] },
): Promise<string | undefined> => {
  try {
    return await ask(
      async ({ id, seen, facts }) => {
        const box = document.querySelector(`[data-attack="${id}"]`)
        const judge = new Function('box', 'cage', 'facts', `return (async () => { ${seen} })()`)
        const answer: unknown = await judge(box, cage, facts)
        return typeof answer === 'string' ? answer : undefined
      },
      { id, seen, facts },
    )
  } catch (error) {
    return `the page could not be asked: ${error instanceof Error ? error.message.slice(0, 200) : ''}`
  }
}
