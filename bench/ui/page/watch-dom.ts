import { appHtml } from './app-html'

/** How long the container has to stay as it is before it is looked at, in milliseconds. */
const QUIET_MS = 40
/** How long nothing may change before a wrong content counts as final, in milliseconds. */
const PATIENCE_MS = 4_000

export interface Settled {
  readonly isRight: boolean
  /** When the last change of the container was seen, as `performance.now()`. */
  readonly at: number
  /** Time spent in comparing, which is the benchmark's own, in milliseconds. */
  readonly checkMs: number
}

/** Waits until the container has its expected content and nothing moves any more. */
export const watchDom = (container: HTMLElement, expected: string) => {
  let at = performance.now()
  let checkMs = 0
  const observer = new MutationObserver(() => {
    at = performance.now()
  })
  observer.observe(container, { childList: true, subtree: true, attributes: true, characterData: true })

  const isRight = () => {
    const started = performance.now()
    const same = appHtml(container) === expected
    checkMs += performance.now() - started
    return same
  }

  return {
    settled: async (): Promise<Settled> => {
      let pause = QUIET_MS
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, pause))
        if (performance.now() - at < QUIET_MS) continue
        const right = isRight()
        if (right || performance.now() - at > PATIENCE_MS) {
          observer.disconnect()
          return { isRight: right, at, checkMs }
        }
        // Comparing costs the page time that the contender needs, so it is not asked too often.
        pause = Math.min(pause * 2, 500)
      }
    },
  }
}
