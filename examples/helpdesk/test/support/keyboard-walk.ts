import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { walkDeveloper, walkRollout } from './walk/developer-walk'
import { walkDeviceLogin } from './walk/device-walk'
import { walkMarketplace } from './walk/marketplace-walk'
import type { Look } from './walk/pictures'
import { walkReview } from './walk/review-walk'
import { walkSignIn } from './walk/sign-in-walk'
import { walkTeam } from './walk/team-walk'
import { createWalker } from './walk/walker'

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
    const walker = createWalker(page, url, look)
    await walkSignIn(walker)
    await walkMarketplace(walker)
    await walker.continueAs('Ada Lindqvist', 'Nora Brandt')
    await walkDeveloper(walker)
    await walkTeam(walker)
    await walker.continueAs('Nora Brandt', 'Rhea Castellan')
    await walkReview(walker)
    await walker.continueAs('Rhea Castellan', 'Nora Brandt')
    await walkRollout(walker)
    await walkDeviceLogin(walker)
  } catch (error) {
    const path = join(tmpdir(), 'souk-walk.png')
    await page.screenshot({ path }).catch(() => undefined)
    throw new Error(`The page looked like ${path}.`, { cause: error })
  } finally {
    await context.close()
  }
}
