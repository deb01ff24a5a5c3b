import type { Browser, Page } from 'playwright-core'

/** Opens the page of a contender, which draws nothing yet. */
export const openContender = async (browser: Pick<Browser, 'newPage'>, origin: string, name: string) => {
  const page: Page = await browser.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.error(`${name}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.error(`${name}: ${error}`))
  await page.goto(`${origin}/${name}.html`)
  return page
}
