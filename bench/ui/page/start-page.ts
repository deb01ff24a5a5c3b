import { initialState, reduce, type State } from '../app/src/rows'
import { appHtml } from './app-html'
import type { Contender } from './contender'
import { countMessages, type MessageCount } from './count-messages'
import { expectedHtml } from './expected-html'
import { findButton, STEPS, type StepName } from './operations'
import { watchDom } from './watch-dom'

export interface StepResult {
  readonly isRight: boolean
  /** From the click to the last change of the page, in milliseconds. */
  readonly ms: number
  readonly checkMs: number
  /** Tasks of the page over 50 ms, in milliseconds. */
  readonly longTasks: readonly number[]
  readonly count: MessageCount
}

/** What a page offers to the process that measures. */
export interface BenchPage {
  /** Shows the app. Resolves with the milliseconds until the page has all of it, or null when that never comes. */
  draw(): Promise<number | null>
  /** Removes the app, and resolves when nothing of it is left. */
  erase(): Promise<void>
  /** Clicks a button of the app's first line. */
  press(label: string): void
  /** The text in the field, and what the app says the text is. */
  field(): readonly [string, string] | null
  step(name: StepName, isCounted: boolean): Promise<StepResult>
}

declare global {
  interface Window {
    bench: BenchPage
  }
}

const PATIENCE_MS = 20_000

const untilContent = (container: HTMLElement, expected: string): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (isRight: boolean) => {
      observer.disconnect()
      clearTimeout(timer)
      resolve(isRight)
    }
    const observer = new MutationObserver(() => {
      if (appHtml(container) === expected) end(true)
    })
    const timer = setTimeout(() => end(false), PATIENCE_MS)
    observer.observe(container, { childList: true, subtree: true, attributes: true, characterData: true })
  })

/** Makes a contender measurable: `window.bench` clicks, waits for exactly the right content, and says what it took. */
export const startPage = (contender: Contender) => {
  const container = document.createElement('main')
  document.body.append(container)
  const counter = countMessages(contender.isTree)
  const longTasks: PerformanceEntry[] = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true })
  let state: State = initialState

  window.bench = {
    async draw() {
      state = initialState
      const expected = expectedHtml(state)
      const started = performance.now()
      const drawn = untilContent(container, expected)
      contender.draw(container)
      return (await drawn) ? performance.now() - started : null
    },
    async erase() {
      contender.erase()
      while (container.firstChild) await new Promise((resolve) => setTimeout(resolve, 1))
    },
    press: (label) => findButton(container, label)?.click(),
    field() {
      const input = container.querySelector('input')
      const echo = container.querySelector('label + span')
      return input && echo ? [input.value, echo.textContent ?? ''] : null
    },
    async step(name, isCounted) {
      const { action, target } = STEPS[name]
      const element = target(container, state)
      state = reduce(state, action(state))
      const watch = watchDom(container, expectedHtml(state))
      if (isCounted) counter.start()
      const started = performance.now()
      element?.click()
      const { isRight, at, checkMs } = await watch.settled()
      return {
        isRight,
        ms: at - started,
        checkMs,
        longTasks: longTasks
          .filter(({ startTime, name: kind }) => kind === 'self' && startTime >= started - 1 && startTime <= at)
          .map(({ duration }) => duration),
        count: counter.stop(),
      }
    },
  }
}
