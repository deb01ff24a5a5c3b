import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createSdkDomRoot, sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { nextSpecs, type Step, specs, step } from './support/arbitrary-scenario'
import { directKit, extensionKit, plainRegistry } from './support/kit'
import { createRuntimes, installed, mountPage, widgetApp } from './support/page'
import { readDom, visible } from './support/read-dom'
import { createScenario, type Spec } from './support/scenario'
import { settle } from './support/settle'

/** The same elements drawn by react-dom in the page, and by an extension through the bridge: nobody may see a difference. */

// Errors that boundaries catch are part of the scenarios, and React tells the console and the window of each.
const ignore = (event: Event) => event.preventDefault()
beforeAll(() => {
  window.addEventListener('error', ignore)
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterAll(() => window.removeEventListener('error', ignore))

const draw = (first: readonly Spec[], strict: boolean) => {
  const inPage = createScenario(directKit, first, strict)
  const inExtension = createScenario(extensionKit, first, strict)
  const direct = document.body.appendChild(document.createElement('div'))
  const directRoot = createSdkDomRoot(direct)
  directRoot.render(sdkReact.createElement(inPage.Scenario))
  const runtimes = createRuntimes({ one: widgetApp(inExtension.Scenario) })
  const page = mountPage({
    connect: runtimes.connect,
    registry: plainRegistry,
    extensions: [installed('one')],
    strict,
  })
  const sides = () => [direct, page.widget('one')] as const

  const isSame = () => readDom(direct) === readDom(page.widget('one'))
  /** Waits for both sides to come to rest. A machine that is busy with other things is given more time. */
  const rest = async () => {
    await settle(runtimes.sent)
    for (let turn = 0; turn < 50 && !isSame(); turn++) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  return {
    page,
    runtimes,
    rest,
    check() {
      expect(readDom(page.widget('one'))).toBe(readDom(direct))
      expect(inExtension.alive()).toEqual(inPage.alive())
    },
    set(next: readonly Spec[], transition: boolean) {
      inPage.set(next, transition)
      inExtension.set(next, transition)
    },
    async press(nth: number, times: number) {
      const pressed = sides().map((side) => visible<HTMLButtonElement>(side, 'button'))
      for (let time = 0; time < times; time++) {
        for (const buttons of pressed) buttons[nth % buttons.length]?.click()
        // react-dom renders after a press in a microtask; two presses of a person are never in one task.
        await Promise.resolve()
      }
    },
    type(nth: number, text: string) {
      for (const side of sides()) {
        const fields = visible<HTMLInputElement>(side, 'input')
        const field = fields[nth % fields.length]
        if (!field || field.value === text) continue
        // React looks for changes behind the setter it has put on the element.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
        field.dispatchEvent(new Event('input', { bubbles: true }))
      }
    },
    async end() {
      directRoot.unmount()
      page.unmount()
      await settle(runtimes.sent)
      direct.remove()
      expect(inExtension.alive()).toEqual({})
      expect(inPage.alive()).toEqual({})
      expect(runtimes.listeners()).toBe(0)
    },
  }
}

const run = async (first: readonly Spec[], steps: readonly Step[], strict: boolean) => {
  const both = draw(first, strict)
  let current = first
  try {
    await both.rest()
    both.check()
    for (const each of steps) {
      if (each.kind === 'press') await both.press(each.nth, each.times)
      else if (each.kind === 'type') both.type(each.nth, each.text)
      else {
        current = nextSpecs(current, each)
        both.set(current, each.transition)
      }
      await both.rest()
      both.check()
    }
    expect(both.page.diagnostics).toEqual([])
    expect(both.runtimes.refusals).toEqual([])
  } finally {
    await both.end()
  }
}

/** Another seed or more runs look further; a failure prints the seed and the path to it. */
const SEED = Number(process.env.SOUK_SEED ?? 20_261_123)
const RUNS = Number(process.env.SOUK_RUNS ?? 120)

test.each([
  ['without StrictMode', false],
  ['under StrictMode', true],
])(
  'whatever is drawn and done after whatever else, both documents are the same, %s',
  async (_name, strict) => {
    await fc.assert(
      fc.asyncProperty(specs, fc.array(step, { maxLength: 8 }), (first, steps) => run(first, steps, strict)),
      { numRuns: RUNS, seed: SEED },
    )
  },
  180_000,
)
