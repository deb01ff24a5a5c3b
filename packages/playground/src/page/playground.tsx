import type { HostContext } from '@souk/extension-sdk/protocol'
import { SoukProvider } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { type Devtools, DevtoolsPanel } from '@souk/host/devtools'
import { Marketplace } from '@souk/host/marketplace'
import { useMemo, useState } from 'react'
import type { Log } from './create-log'
import type { Session } from './create-session'
import { LogView } from './log-view'
import { Places } from './places'

export interface PlaygroundProps {
  readonly session: Session
  readonly devtools: Devtools
  readonly log: Log
  readonly context: HostContext
  readonly contexts: Readonly<Record<string, unknown>>
}

const TABS = { logs: 'Logs', bridge: 'Bridge', settings: 'Marketplace' } as const

type Tab = keyof typeof TABS

const names = Object.keys(TABS) as Tab[]

/** A product with one extension in it, and what a developer wants to see beside it. */
export const Playground = ({ session, devtools, log, context: initial, contexts }: PlaygroundProps) => {
  const [theme, setTheme] = useState(initial.theme)
  const [locale, setLocale] = useState(initial.locale)
  const [tab, setTab] = useState<Tab>('logs')
  const context = useMemo(() => ({ ...initial, theme, locale }), [initial, theme, locale])
  const services = useMemo(
    () => ({
      navigate: (path: string) => log.add('host', 'info', `navigate to ${path}`),
      openRecord: ({ recordType, recordId }: { readonly recordType: string; readonly recordId: string }) =>
        log.add('host', 'info', `open the ${recordType} ${recordId}`),
    }),
    [log],
  )
  return (
    <SoukProvider
      client={session.client}
      registry={standardRegistry}
      context={context}
      services={services}
      connect={devtools.connect}
      onDiagnostic={devtools.report}
    >
      <div className="page" data-souk-theme={theme}>
        <header className="bar">
          <h1>Souk playground</h1>
          <label>
            Locale
            <input value={locale} size={8} onChange={({ target }) => setLocale(target.value)} />
          </label>
          <button type="button" onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}>
            {theme === 'light' ? 'Dark' : 'Light'}
          </button>
        </header>
        <main className="places">
          <Places client={session.client} contexts={contexts} log={log} />
        </main>
        <aside className="tools">
          <div role="tablist" aria-label="Tools" className="tabs">
            {names.map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                id={`tab-${name}`}
                aria-selected={tab === name}
                aria-controls="tool"
                onClick={() => setTab(name)}
              >
                {TABS[name]}
              </button>
            ))}
          </div>
          <div role="tabpanel" id="tool" aria-labelledby={`tab-${tab}`} className="tool">
            {tab === 'logs' && <LogView log={log} />}
            {tab === 'bridge' && <DevtoolsPanel devtools={devtools} theme={theme} />}
            {tab === 'settings' && <Marketplace />}
          </div>
        </aside>
      </div>
    </SoukProvider>
  )
}
