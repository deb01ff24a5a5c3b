import { afterEach, beforeEach, expect, type TestContext, vi } from 'vitest'
import { page, server } from 'vitest/browser'
import { LOOKS, type Look } from './looks'
import { PLANTED_FAULTS } from './planted-faults'
import './still.css'

/** In pixels. What is higher than the window makes it grow, so that nothing is cut off. */
const WIDTH = 900
const LEAST_HEIGHT = 120
/** What is drawn over the page fits itself into the window, so the window keeps its height. */
const OVERLAY_HEIGHT = 640

interface RunStory {
  readonly id: string
  readonly parameters: { readonly pictures?: readonly Look[]; readonly plantFaults?: boolean }
  readonly globals: Readonly<Record<string, unknown>>
  readonly run: (context: { globals: Readonly<Record<string, unknown>> }) => Promise<void>
}

/** Storybook's plugin has put the story into the context of its test. */
const storyOf = (context: TestContext) => (context as TestContext & { story?: RunStory }).story

/** Charts and tables measure themselves and draw again: the page is as high as it stays. */
const settledHeight = async () => {
  for (let height = -1; ; ) {
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    if (height === document.documentElement.scrollHeight) return height
    height = document.documentElement.scrollHeight
  }
}

const fitWindow = async (width: number) => {
  const hasOverlay = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  await page.viewport(width, hasOverlay ? OVERLAY_HEIGHT : LEAST_HEIGHT)
  await document.fonts.ready
  const height = await settledHeight()
  if (!hasOverlay) await page.viewport(width, height)
}

const nameOf = (story: RunStory, look: string) => `${story.id}-${look.replaceAll(' ', '-')}`

const compare = async (story: RunStory, look: string, width: number) => {
  await fitWindow(width)
  await expect(page.elementLocator(document.body)).toMatchScreenshot(nameOf(story, look))
}

/** That the tolerance is no wider than what a user sees: each fault makes the same picture fail. */
const expectFaultsSeen = async (story: RunStory) => {
  for (const fault of PLANTED_FAULTS) {
    const style = document.head.appendChild(document.createElement('style'))
    style.textContent = fault
    const seen = await expect(page.elementLocator(document.body))
      .toMatchScreenshot(nameOf(story, 'as-written'))
      .then(
        () => false,
        () => true,
      )
    style.remove()
    expect(seen, fault).toBe(true)
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-09T10:00:00Z') })
})

// Registered first, so run last.
afterEach(() => {
  vi.useRealTimers()
})

afterEach(async (context) => {
  const story = storyOf(context)
  const looks = story?.parameters.pictures
  if (!story || !looks || context.task.result?.state === 'fail') return
  await compare(story, 'as-written', WIDTH)
  // An update would take a fault for the new picture.
  if (story.parameters.plantFaults && server.config.snapshotOptions.updateSnapshot !== 'all')
    await expectFaultsSeen(story)
  for (const look of looks) {
    const { globals, width = WIDTH } = { width: undefined, ...LOOKS[look] }
    await page.viewport(width, 900)
    await story.run({ globals: { ...story.globals, ...globals } })
    await compare(story, look, width)
  }
})
