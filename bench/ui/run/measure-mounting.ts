import type { Browser } from 'playwright-core'
import { openContender } from './open-contender'
import { median, p95, round } from './statistics'

export interface MountResult {
  readonly medianMs: number | null
  readonly p95Ms: number | null
  readonly runs: number
}

/** `cold`: in a new page, with all scripts in the browser's cache. `second`: again in the same page, after it was removed. */
export type MountResults = Record<'cold' | 'second', Record<string, MountResult>>

const summary = (samples: readonly (number | null)[]): MountResult => {
  const times = samples.filter((ms) => ms !== null)
  const isRight = times.length > 0 && times.length === samples.length
  return {
    medianMs: isRight ? round(median(times)) : null,
    p95Ms: isRight ? round(p95(times)) : null,
    runs: samples.length,
  }
}

export interface MountingOptions {
  readonly browser: Browser
  readonly origin: string
  readonly contenders: readonly string[]
  readonly rounds: number
  readonly onRound: (text: string) => void
}

export const measureMounting = async ({ browser, origin, contenders, rounds, onRound }: MountingOptions) => {
  const samples = new Map(
    contenders.map((name) => [name, { cold: [] as (number | null)[], second: [] as (number | null)[] }]),
  )
  // One context, so that there is one cache.
  const context = await browser.newContext()
  // The first round fills the cache.
  for (let turn = 0; turn <= rounds; turn++) {
    onRound(`mounting, ${turn} of ${rounds}`)
    for (const [name, { cold, second }] of samples) {
      const page = await openContender(context, origin, name)
      const first = await page.evaluate(() => window.bench.draw())
      await page.evaluate(() => window.bench.erase())
      const again = await page.evaluate(() => window.bench.draw())
      await page.close()
      if (turn === 0) continue
      cold.push(first)
      second.push(again)
    }
  }
  await context.close()
  const results: MountResults = { cold: {}, second: {} }
  for (const [name, { cold, second }] of samples) {
    results.cold[name] = summary(cold)
    results.second[name] = summary(second)
  }
  return results
}
