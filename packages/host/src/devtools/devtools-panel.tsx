import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Devtools } from './create-devtools'
import { DiagnosticsView } from './diagnostics-view'
import { FramesView } from './frames-view'
import { TrafficView } from './traffic-view'
import { TreeView } from './tree-view'

export interface DevtoolsPanelProps {
  readonly devtools: Devtools
  /** Default: the page's own color scheme. */
  readonly theme?: 'light' | 'dark'
  /** Where your developers read `docs/errors.md`; the codes of diagnostics link there. */
  readonly errorsUrl?: string
}

const TABS = { traffic: 'Traffic', tree: 'Tree', frames: 'Frames', diagnostics: 'Diagnostics' } as const

type Tab = keyof typeof TABS

const NAMES = Object.keys(TABS) as readonly Tab[]

/** What crossed the bridge, what extensions draw, their frames and what was refused. Needs `@souk/host/devtools.css`. */
export const DevtoolsPanel = ({ devtools, theme, errorsUrl }: DevtoolsPanelProps) => {
  const state = useDevtools(devtools)
  const [tab, setTab] = useState<Tab>('traffic')
  const id = useId()
  const tabs = useRef<HTMLDivElement>(null)
  const go = (event: KeyboardEvent) => {
    const steps = {
      ArrowRight: 1,
      ArrowLeft: -1,
      Home: -NAMES.indexOf(tab),
      End: NAMES.length - 1 - NAMES.indexOf(tab),
    }
    const step = Object.hasOwn(steps, event.key) ? steps[event.key as keyof typeof steps] : undefined
    if (step === undefined) return
    event.preventDefault()
    const next = NAMES[(NAMES.indexOf(tab) + step + NAMES.length) % NAMES.length] ?? tab
    setTab(next)
    tabs.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <section className="souk-dev" aria-label="Souk devtools" data-theme={theme}>
      {/* One tab at a time has the focus, and the arrow keys go on from it. */}
      <div ref={tabs} role="tablist" aria-label="Souk devtools" className="souk-dev-tabs" onKeyDown={go}>
        {NAMES.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            data-tab={name}
            id={`${id}-${name}`}
            aria-selected={tab === name}
            aria-controls={`${id}-panel`}
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {TABS[name]}
            {name === 'diagnostics' && state.diagnostics.length > 0 ? ` (${state.diagnostics.length})` : ''}
          </button>
        ))}
      </div>
      {/* Focusable, so that a keyboard can scroll it. */}
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
        className="souk-dev-panel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
      >
        {tab === 'traffic' && <TrafficView devtools={devtools} state={state} />}
        {tab === 'tree' && <TreeView state={state} />}
        {tab === 'frames' && <FramesView devtools={devtools} state={state} />}
        {tab === 'diagnostics' && <DiagnosticsView devtools={devtools} state={state} errorsUrl={errorsUrl} />}
      </div>
    </section>
  )
}

/** Drawn once a frame, however many messages there were. */
export const useDevtools = (devtools: Pick<Devtools, 'get' | 'subscribe'>) => {
  const [state, setState] = useState(devtools.get)
  useEffect(() => {
    let frame = 0
    const draw = () => {
      frame = 0
      setState(devtools.get())
    }
    draw()
    const unsubscribe = devtools.subscribe(() => {
      frame ||= requestAnimationFrame(draw)
    })
    return () => {
      cancelAnimationFrame(frame)
      unsubscribe()
    }
  }, [devtools])
  return state
}
