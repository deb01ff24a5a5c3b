import type { Page } from 'playwright-core'

/** What can be asked of the product's page while attacks run in it. */
export interface PageSession {
  /** Runs the function in the page, which may take its time. It is sent as text and sees nothing of what stands around it here. */
  readonly ask: <Arg, Answer>(ask: (arg: Arg) => Answer | Promise<Answer>, arg: Arg) => Promise<Answer>
  readonly hasCrashed: () => boolean
}

const ASK_MS = 180_000

/**
 * A session of the browser's protocol with the page alone. Playwright takes the end of any frame's process for the end of the page, and
 * says nothing more of it; that a frame ends and the page goes on is what the suite wants to see.
 */
export const openPageSession = async (page: Page): Promise<PageSession> => {
  const session = await page.context().newCDPSession(page)
  let hasCrashed = false
  session.on('Inspector.targetCrashed', () => {
    hasCrashed = true
  })
  await session.send('Inspector.enable')

  return {
    hasCrashed: () => hasCrashed,
    async ask(ask, arg) {
      // Transpilers wrap functions that have names.
      const expression = `(() => { const __name = (named) => named; return (${ask})(${JSON.stringify(arg) ?? 'undefined'}) })()`
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`The page did not answer within ${ASK_MS} ms.`)), ASK_MS)
      })
      const asked = session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      const { result, exceptionDetails } = await Promise.race([asked, late]).finally(() => clearTimeout(timer))
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      // What the function returns, copied by the browser.
      return result.value as Awaited<ReturnType<typeof ask>>
    },
  }
}
