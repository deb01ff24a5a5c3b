import { type Browser, chromium } from 'playwright-core'
import { resolveChromium } from '../../../../scripts/chromium.mjs'

/** The browser that the other browser tests use, too. */
export const openBrowser = async (): Promise<Browser> => {
  const { executablePath, env, args } = await resolveChromium()
  return chromium.launch({ executablePath, env, args })
}
