import type { Browser, CDPSession, Page } from 'playwright-core'
import { BARE, MANY } from './contenders'
import { openContender } from './open-contender'
import { median, round } from './statistics'

export interface ManyResult {
  readonly surfaces: number
  readonly frames: number
  /** Until the last surface is drawn, in milliseconds. */
  readonly medianMs: number
  /** The first frame of `bare` in the same run. */
  readonly bareMs: number
  /** JavaScript heap of a frame and its worker, in megabytes, of the largest installation. */
  readonly heapMb: number
  readonly runs: number
}

export interface ManyOptions {
  readonly browser: Browser
  readonly origin: string
  readonly rounds: number
  readonly onRound: (text: string) => void
}

const heapOf = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** The heaps of the workers that a frame has started. They have no sessions of their own in Playwright, so theirs are nested. */
const workerHeaps = async (session: CDPSession): Promise<number> => {
  const ids: string[] = []
  const waiting = new Map<number, (used: number) => void>()
  session.on('Target.attachedToTarget', ({ sessionId }) => ids.push(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: { usedSize?: number } }
    if (id !== undefined) waiting.get(id)?.(result?.usedSize ?? 0)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let lastId = 0
  const ask = (sessionId: string, method: string) =>
    new Promise<number>((resolve) => {
      const id = ++lastId
      waiting.set(id, resolve)
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    })
  let sum = 0
  for (const sessionId of ids) {
    await ask(sessionId, 'HeapProfiler.collectGarbage')
    sum += await ask(sessionId, 'Runtime.getHeapUsage')
  }
  return sum
}

const largestHeapMb = async (page: Page): Promise<number> => {
  const heaps: number[] = []
  for (const frame of page.frames().filter((each) => each !== page.mainFrame())) {
    const session = await page.context().newCDPSession(frame)
    heaps.push((await heapOf(session)) + (await workerHeaps(session)))
    await session.detach()
  }
  return Math.max(...heaps) / 2 ** 20
}

/** A page with a hundred surfaces of ten installations, beside one bare frame. */
export const measureMany = async ({ browser, origin, rounds, onRound }: ManyOptions): Promise<ManyResult> => {
  const times: number[] = []
  const bareTimes: number[] = []
  let surfaces = 0
  let frames = 0
  let heapMb = 0
  const context = await browser.newContext()
  // The first round fills the cache.
  for (let turn = 0; turn <= rounds; turn++) {
    onRound(`many surfaces, ${turn} of ${rounds}`)
    const bare = await openContender(context, origin, BARE.name)
    const bareMs = await bare.evaluate(() => window.bench.draw())
    await bare.close()
    const page = await openContender(context, origin, MANY.name)
    const ms = await page.evaluate(() => window.bench.draw())
    surfaces = await page.locator('table').count()
    frames = await page.locator('iframe').count()
    if (turn === rounds) heapMb = await largestHeapMb(page)
    await page.close()
    if (turn === 0 || ms === null || bareMs === null) continue
    times.push(ms)
    bareTimes.push(bareMs)
  }
  await context.close()
  return {
    surfaces,
    frames,
    medianMs: round(median(times)),
    bareMs: round(median(bareTimes)),
    heapMb: round(heapMb),
    runs: times.length,
  }
}
