import type { ReactNode } from 'react'

import type { Chrome } from '../../registry/chrome'
import type { Wrap } from './component-faults'
import { type Mounted, mountComponent } from './mount-component'

interface ChromeCase {
  readonly draw: (chrome: Chrome, told: (what: string) => void) => ReactNode
  readonly says: readonly string[]
  /** What has to be told after every button has been pressed. */
  readonly tells: readonly string[]
}

const CASES: Readonly<Record<keyof Chrome, ChromeCase>> = {
  Dialog: {
    draw: ({ Dialog }, told) => (
      <Dialog title="Sample title" size="medium" appTitle="Sample app" onClose={() => told('close')}>
        Sample child
      </Dialog>
    ),
    says: ['Sample title', 'Sample app', 'Sample child'],
    tells: ['close'],
  },
  ConfirmDialog: {
    draw: ({ ConfirmDialog }, told) => (
      <ConfirmDialog
        title="Sample title"
        appTitle="Sample app"
        description="Sample description"
        confirmLabel="Sample confirm"
        destructive
        onAnswer={(answer) => told(answer ? 'yes' : 'no')}
      />
    ),
    says: ['Sample title', 'Sample app', 'Sample description', 'Sample confirm'],
    tells: ['yes', 'no'],
  },
  Toasts: {
    draw: ({ Toasts }, told) => (
      <Toasts
        toasts={[{ id: 't1', title: 'Sample title', description: 'Sample description', variant: 'success' }]}
        onDismiss={(id) => told(id)}
      />
    ),
    says: ['Sample title'],
    tells: ['t1'],
  },
  Notice: {
    draw: ({ Notice }, told) => (
      <Notice
        title="Sample title"
        message="Sample message"
        code="SAMPLE_CODE"
        traceId="sample-trace"
        onRetry={() => told('retry')}
      />
    ),
    says: ['Sample title', 'Sample message'],
    tells: ['retry'],
  },
  Placeholder: { draw: ({ Placeholder }) => <Placeholder label="Sample label" />, says: [], tells: [] },
  WidgetFrame: {
    draw: ({ WidgetFrame }) => (
      <WidgetFrame title="Sample title" appTitle="Sample app" avatarUrl={null}>
        Sample child
      </WidgetFrame>
    ),
    says: ['Sample title', 'Sample app', 'Sample child'],
    tells: [],
  },
}

export const CHROME_CASES = Object.keys(CASES) as readonly (keyof Chrome)[]

/** Says what is wrong with a piece of the product's chrome. */
export const findChromeFaults = async (
  chrome: Chrome,
  name: keyof Chrome,
  wrap: Wrap = (children) => children,
): Promise<readonly string[]> => {
  const { draw, says, tells } = CASES[name]
  const faults: string[] = []
  const told = new Set<string>()
  let mounted: Mounted
  try {
    mounted = await mountComponent(wrap(draw(chrome, (what) => told.add(what))))
  } catch (error) {
    return [`chrome.${name} throws: ${error instanceof Error ? error.message : String(error)}`]
  }
  for (const text of says) if (!mounted.says(text)) faults.push(`chrome.${name} does not show ${JSON.stringify(text)}.`)
  const buttons = mounted.page.flatMap((part) => [...part.querySelectorAll<HTMLElement>('button, [role="button"]')])
  for (const button of buttons) {
    button.click()
    await mounted.settle()
  }
  for (const what of tells)
    if (!told.has(what)) faults.push(`chrome.${name} has no button that tells ${JSON.stringify(what)}.`)
  await mounted.unmount()
  return faults
}
