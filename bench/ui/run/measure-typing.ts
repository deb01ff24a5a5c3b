import type { Browser, CDPSession, Page } from 'playwright-core'
import type { TypingMode } from '../app/src/rows'
import { openContender } from './open-contender'

/** How the text is typed: into which field of the app, with which pause between two keys, in milliseconds. */
export const TYPING = {
  burst: { mode: 'plain', pauseMs: 0, expected: (text: string) => text },
  human: { mode: 'plain', pauseMs: 60, expected: (text: string) => text },
  upper: { mode: 'upper', pauseMs: 20, expected: (text: string) => text.toUpperCase() },
  slow: { mode: 'slow', pauseMs: 20, expected: (text: string) => text },
  digits: { mode: 'digits', pauseMs: 20, expected: (text: string) => text.replaceAll(/\D/g, '') },
} as const satisfies Record<string, { mode: TypingMode; pauseMs: number; expected: (text: string) => string }>

export type TypingColumn = keyof typeof TYPING
export const TYPING_COLUMNS = Object.keys(TYPING) as readonly TypingColumn[]

/** Runs that ended with exactly the right text, in the field and in the app. */
export type TypingResults = Record<TypingColumn, Record<string, { readonly right: number; readonly runs: number }>>

export const TYPING_RUNS = 4

const TEXT = 'the quick brown fox 0123456789 jumps over 42 lazy dogs 98765'

const pause = (forMs: number) => new Promise((resolve) => setTimeout(resolve, forMs))

/** Real key events. Without a pause they all wait in the browser before the first one is handled. */
const typeText = async (cdp: CDPSession, text: string, pauseMs: number) => {
  const sent: Promise<unknown>[] = []
  for (const key of text) {
    sent.push(cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key, unmodifiedText: key }))
    sent.push(cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key }))
    if (pauseMs > 0) await pause(pauseMs)
  }
  await Promise.all(sent)
}

/** Resolves with what stands there when nothing has moved for a while. */
const settle = async (page: Page, expected: string): Promise<boolean> => {
  let before = ''
  for (let quiet = 0; quiet < 15; ) {
    const texts = (await page.evaluate(() => window.bench.field())) ?? []
    const now = texts.join('\n')
    quiet = now === before ? quiet + 1 : 0
    before = now
    const isRight = texts.length === 2 && texts.every((text) => text === expected)
    // A right text has to stay for three looks, a wrong one may still become right.
    if (isRight && quiet >= 3) return true
    await pause(100)
  }
  return false
}

const typeOnce = async (page: Page, cdp: CDPSession, column: TypingColumn, text: string): Promise<boolean> => {
  const { mode, pauseMs, expected } = TYPING[column]
  await page.evaluate(() => window.bench.press('clear'))
  await page.locator('input').waitFor({ state: 'detached' })
  await page.evaluate((label) => window.bench.press(label), `type ${mode}`)
  await page.locator('input').focus()
  await typeText(cdp, text, pauseMs)
  return settle(page, expected(text))
}

export interface TypingOptions {
  readonly browser: Browser
  readonly origin: string
  readonly contenders: readonly string[]
  /** How much of the 60 characters is typed. */
  readonly length: number
  readonly onRound: (text: string) => void
}

export const measureTyping = async ({ browser, origin, contenders, length, onRound }: TypingOptions) => {
  const text = TEXT.slice(-length)
  const results = Object.fromEntries(TYPING_COLUMNS.map((column) => [column, {}])) as TypingResults
  const pages: { readonly name: string; readonly page: Page; readonly cdp: CDPSession }[] = []
  for (const name of contenders) {
    const page = await openContender(browser, origin, name)
    await page.evaluate(() => window.bench.draw())
    pages.push({ name, page, cdp: await page.context().newCDPSession(page) })
  }
  for (const column of TYPING_COLUMNS) {
    onRound(`typing, ${column}`)
    for (let run = 0; run < TYPING_RUNS; run++)
      for (const { name, page, cdp } of pages) {
        await page.bringToFront()
        const { right, runs } = results[column][name] ?? { right: 0, runs: 0 }
        const isRight = await typeOnce(page, cdp, column, text)
        results[column][name] = { right: right + (isRight ? 1 : 0), runs: runs + 1 }
      }
  }
  for (const { page } of pages) await page.close()
  return results
}
