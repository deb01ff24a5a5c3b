import type { BrowserContext, Page } from 'playwright-core'

/** Notes, in every page and frame, what its scripts post to other windows, ports and workers. */
export const recordPostedMessages = async (context: BrowserContext) => {
  await context.addInitScript(() => {
    const posted: string[] = []
    Object.defineProperty(globalThis, '__posted', { value: posted })
    const note = (message: unknown) => {
      try {
        posted.push(JSON.stringify(message) ?? '')
      } catch {
        posted.push(String(message))
      }
    }
    for (const prototype of [MessagePort.prototype, Worker.prototype, Window.prototype]) {
      const original = Reflect.get(prototype, 'postMessage')
      Reflect.set(prototype, 'postMessage', function (this: unknown, ...args: unknown[]) {
        note(args[0])
        return Reflect.apply(original, this, args)
      })
    }
  })
  return {
    /** What the frames that are there now have posted. */
    of: async (page: Page): Promise<readonly string[]> =>
      (await Promise.all(page.frames().map((frame) => frame.evaluate('globalThis.__posted ?? []')))).flat() as string[],
  }
}
