import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'

/** How the product is looked at. */
export interface Look {
  readonly language: 'en' | 'de'
  readonly theme: 'light' | 'dark'
  /** Of the window, in CSS pixels. */
  readonly width: number
}

const FOLDER = fileURLToPath(new URL('../../../../../docs/screenshots/walk', import.meta.url))

/** These looks have a picture of every screen: the one with the most room, and the one with the least. */
const COMPLETE: readonly string[] = ['en-light-1440', 'de-dark-360']

/** The screens whose pictures are kept in the other looks too, so that all of them stay below 6 MB. The walk checks every screen in every look. */
const IN_EVERY_LOOK: readonly string[] = [
  'browse',
  'detail',
  'consent',
  'settings-refused',
  'installed',
  'update-consent',
  'connected',
  'history',
  'manage',
  'uninstall',
  'developer-apps',
  'developer-version',
  'developer-listing',
  'developer-logs',
  'developer-members',
  'developer-invite',
  'developer-keys',
  'invitation',
  'review-changes',
  'review-reject',
  'developer-rollout',
  'device-asks',
]

/** Each screen fits the window, and something in it has the focus. A picture of it is written only when asked for, so that a test run changes no files. */
export const createPictures = (page: Page, { language, theme, width }: Look) => {
  const folder = `${language}-${theme}-${width}`
  const isComplete = COMPLETE.includes(folder)
  let step = 0
  return async (name: string): Promise<void> => {
    step += 1
    expect(await widerThanWindow(page), `${name} fits ${width} pixels`).toEqual([])
    expect(await page.locator(`[lang^="${language}"]`).count(), `${name} says its language`).toBeGreaterThan(0)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName), { message: `${name} has the focus` })
      .not.toBe('BODY')
    if (process.env.SOUK_SCREENSHOTS !== '1' || !(isComplete || IN_EVERY_LOOK.includes(name))) return
    await mkdir(`${FOLDER}/${folder}`, { recursive: true })
    // A value that is still arriving would be half there.
    await page.waitForFunction(() => !document.querySelector('[data-souk-loading]'))
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    await sharp(picture)
      .png({ palette: true, colours: 64, effort: 9, compressionLevel: 9 })
      .toFile(`${FOLDER}/${folder}/${String(step).padStart(2, '0')}-${name}.png`)
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
