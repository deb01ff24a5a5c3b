import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const FOLDER = fileURLToPath(new URL('../../../../docs/screenshots', import.meta.url))

/** Numbers the steps. Pictures are written only with `SOUK_SCREENSHOTS=1`, so that a test run changes no files. */
export const createScreenshots = () => {
  let step = 0
  return async (page: Page, name: string): Promise<void> => {
    step += 1
    if (process.env.SOUK_SCREENSHOTS !== '1') return
    await mkdir(FOLDER, { recursive: true })
    // The pointer would leave a row or a button in its hovered look.
    await page.mouse.move(0, 0)
    await page.screenshot({ path: `${FOLDER}/${String(step).padStart(2, '0')}-${name}.png`, animations: 'disabled' })
  }
}
