import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { walkByKeyboard } from '../support/keyboard-walk'
import { openBrowser } from '../support/open-browser'
import { prepareWalk } from '../support/prepare-walk'
import { createDataDir, startProduct } from '../support/start-product'
import type { Look } from '../support/walk/pictures'

let prepared: Awaited<ReturnType<typeof createDataDir>>
let browser: Browser

beforeAll(async () => {
  prepared = await createDataDir()
  browser = await openBrowser()
  const product = await startProduct(prepared.path)
  await prepareWalk(product)
  await product.stop()
})

afterAll(async () => {
  await browser?.close()
  await prepared?.remove()
})

const LOOKS: readonly Look[] = (['en', 'de'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [360, 1440].map((width) => ({ language, theme, width }))),
)

test.each(LOOKS)('a keyboard reaches every screen in $language, $theme, $width pixels wide', async (look) => {
  const own = await createDataDir()
  // The walk changes what it meets: each look begins with the same data.
  await cp(prepared.path, join(own.path, 'data'), { recursive: true })
  const product = await startProduct(join(own.path, 'data'))
  try {
    await walkByKeyboard(browser, product.url, look)
  } finally {
    await product.stop()
    await own.remove()
  }
})
