import type { HostContext } from '@souk/extension-sdk/protocol'
import { type Diagnostic, SoukProvider } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { Marketplace } from '@souk/host/marketplace'
import { useCallback, useMemo, useState } from 'react'
import type { BridgeLog } from './bridge-log'
import { BridgeView } from './bridge-view'
import type { Log } from './create-log'
import type { Session } from './create-session'
import { LogView } from './log-view'
import { Places } from './places'

export interface PlaygroundProps {
  readonly session: Session
  readonly bridge: BridgeLog
  readonly log: Log
  readonly context: HostContext
  readonly contexts: Readonly<Record<string, unknown>>
}

const TABS = { logs: 'Logs', bridge: 'Bridge', settings: 'Marketplace' } as const

type Tab = keyof typeof TABS

const names = Object.keys(TABS) as Tab[]

/** A product with one extension in it, and what a developer wants to see beside it. */
export const Playground = ({ session, bridge, log, context: initial, contexts }: PlaygroundProps) => {
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
  const report = useCallback(({ code, message }: Diagnostic) => log.add('host', 'warn', `${code}: ${message}`), [log])
  return (
    <SoukProvider
      client={session.client}
      registry={standardRegistry}
      context={context}
      services={services}
      connect={session.connect}
      onDiagnostic={report}
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
            {tab === 'bridge' && <BridgeView bridge={bridge} />}
            {tab === 'settings' && <Marketplace />}
          </div>
        </aside>
      </div>
    </SoukProvider>
  )
}
