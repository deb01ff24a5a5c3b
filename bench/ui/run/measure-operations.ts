import type { Browser, CDPSession, Page } from 'playwright-core'
import type { StepName } from '../page/operations'
import type { StepResult } from '../page/start-page'
import { OPERATIONS, type OperationName } from './goals'
import { openContender } from './open-contender'
import { median, p95, round } from './statistics'

export interface OperationResult {
  readonly medianMs: number | null
  readonly p95Ms: number | null
  readonly runs: number
  readonly timesRaw: number | null
  /** How many runs ended in another content than the right one. */
  readonly wrong: number
  /** Main thread of the page per run, in milliseconds. */
  readonly cpuMs: number | null
  /** Tasks of the page over 50 ms, per run. */
  readonly longTasks: number
  readonly bytes?: number
  readonly messages?: number
  /** Messages of the frame without a tree, such as the answer to the click. */
  readonly otherMessages?: number
}

export type OperationResults = Record<OperationName, Record<string, OperationResult>>

/** What happens in one round, from an empty table to an empty table. Steps without `measured` prepare the next one. */
const ROUND: readonly { readonly step: StepName; readonly measured?: OperationName }[] = [
  { step: 'create1k', measured: 'create1k' },
  { step: 'replace', measured: 'replace' },
  { step: 'update10th', measured: 'update10th' },
  { step: 'select', measured: 'select' },
  { step: 'remove', measured: 'remove' },
  { step: 'click', measured: 'click' },
  { step: 'click', measured: 'click' },
  { step: 'click', measured: 'click' },
  { step: 'append1k', measured: 'append1k' },
  { step: 'clear' },
  { step: 'create1k' },
  // Late, because a contender that swaps wrongly shows wrong rows until they are cleared.
  { step: 'swap', measured: 'swap' },
  { step: 'clear', measured: 'clear' },
]

interface Sample extends StepResult {
  readonly cpuMs: number
}

interface Running {
  readonly name: string
  readonly page: Page
  readonly cdp: CDPSession
  readonly samples: Map<OperationName, Sample[]>
  readonly counts: Map<StepName, StepResult['count']>
}

const start = async (browser: Browser, origin: string, name: string): Promise<Running> => {
  const page = await openContender(browser, origin, name)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'timeTicks' })
  const drawn = await page.evaluate(() => window.bench.draw())
  if (drawn === null) throw new Error(`${name} did not draw the app: ${await page.content()}`)
  return { name, page, cdp, samples: new Map(), counts: new Map() }
}

const taskMs = async (cdp: CDPSession): Promise<number> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}

const runStep = async ({ page, cdp }: Running, name: StepName, isCounted: boolean) => {
  await page.bringToFront()
  const before = await taskMs(cdp)
  const result = await page.evaluate(([step, counted]) => window.bench.step(step, counted), [name, isCounted] as const)
  const cpuMs = (await taskMs(cdp)) - before - result.checkMs
  return { ...result, cpuMs }
}

/** The contenders in another order at each step, so that none always follows the same one. */
const rotate = <T>(items: readonly T[], by: number): T[] =>
  items.map((_, index) => items[(index + by) % items.length] as T)

const addSample = ({ samples }: Running, operation: OperationName, sample: Sample) =>
  samples.set(operation, [...(samples.get(operation) ?? []), sample])

/** Waiting for a content that never comes takes seconds. */
const isHopeless = ({ samples }: Running, operation: OperationName): boolean => {
  const results = samples.get(operation) ?? []
  return results.length >= 2 && results.every(({ isRight }) => !isRight)
}

export interface MeasureOptions {
  readonly browser: Browser
  readonly origin: string
  readonly contenders: readonly string[]
  readonly warmups: number
  readonly rounds: number
  readonly onRound: (text: string) => void
}

export const measureOperations = async (options: MeasureOptions) => {
  const { browser, origin, contenders, warmups, rounds, onRound } = options
  const running: Running[] = []
  for (const name of contenders) running.push(await start(browser, origin, name))

  let turn = 0
  for (let round = 0; round < warmups + rounds; round++) {
    onRound(`round ${round + 1} of ${warmups + rounds}${round < warmups ? ' (warm-up)' : ''}`)
    for (const { step, measured } of ROUND)
      for (const contender of rotate(running, turn++)) {
        if (measured && isHopeless(contender, measured)) continue
        const result = await runStep(contender, step, false)
        if (!measured || round < warmups) continue
        addSample(contender, measured, result)
      }
  }

  onRound('messages and bytes')
  for (const contender of running) {
    for (const { step, measured } of ROUND) {
      const result = await runStep(contender, step, true)
      contender.counts.set(measured ?? step, result.count)
      // Counting costs time, so these times stand only where nothing else was asked for.
      if (measured && rounds === 0) addSample(contender, measured, result)
    }
    contender.counts.set('nothing', (await runStep(contender, 'nothing', true)).count)
  }
  const framesApart = await originsApart(browser)
  for (const { page } of running) await page.close()
  return { operations: summarize(running), unchanged: countsOf(running, 'nothing'), framesApart }
}

/** The origins of frames that Chromium runs in processes of their own. */
const originsApart = async (browser: Browser): Promise<readonly string[]> => {
  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  await session.detach()
  return targetInfos.filter(({ type }) => type === 'iframe').map(({ url }) => new URL(url).origin)
}

const countsOf = (running: readonly Running[], step: StepName) =>
  Object.fromEntries(
    running.map(({ name, counts }) => [
      name,
      { messages: counts.get(step)?.messages ?? 0, bytes: counts.get(step)?.bytes ?? 0 },
    ]),
  )

const summarize = (running: readonly Running[]): OperationResults => {
  const rightTimes = (contender: Running | undefined, operation: OperationName) =>
    (contender?.samples.get(operation) ?? []).filter(({ isRight }) => isRight).map(({ ms }) => ms)
  const raw = running.find(({ name }) => name === 'raw')

  const summary = (contender: Running, operation: OperationName): OperationResult => {
    const samples = contender.samples.get(operation) ?? []
    const times = rightTimes(contender, operation)
    const count = contender.counts.get(operation)
    const isMeasured = times.length > 0
    return {
      medianMs: isMeasured ? round(median(times)) : null,
      p95Ms: isMeasured ? round(p95(times)) : null,
      runs: samples.length,
      timesRaw: isMeasured ? round(median(times) / median(rightTimes(raw, operation))) : null,
      wrong: samples.length - times.length,
      cpuMs: isMeasured ? round(median(samples.map(({ cpuMs }) => cpuMs))) : null,
      longTasks: round(samples.reduce((sum, { longTasks }) => sum + longTasks.length, 0) / samples.length),
      ...(contender.name === 'raw' || !count
        ? {}
        : { bytes: count.bytes, messages: count.messages, otherMessages: count.others }),
    }
  }

  return Object.fromEntries(
    OPERATIONS.map((operation) => [
      operation,
      Object.fromEntries(running.map((contender) => [contender.name, summary(contender, operation)])),
    ]),
    // One entry for each operation.
  ) as OperationResults
}
