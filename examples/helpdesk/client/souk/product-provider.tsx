import { createSoukClient, SoukProvider } from '@souk/host'
import { type ReactNode, useMemo } from 'react'
import type { Person } from '../api'
import { navigate } from '../router'
import type { Language } from '../use-language'
import type { Theme } from '../use-theme'
import { registry } from './registry'
import { useDevTools } from './use-dev-tools'

export interface ProductProviderProps {
  readonly person: Person
  readonly theme: Theme
  readonly language: Language
  readonly children: ReactNode
}

const services = {
  navigate: (path: string) => navigate(path),
  openRecord: ({ recordType, recordId }: { readonly recordType: string; readonly recordId: string }) => {
    if (recordType === 'ticket') navigate(`/tickets/${encodeURIComponent(recordId)}`)
  },
}

/** Souk for the person who is signed in. It is keyed by the person, so that nothing of one session reaches the next. */
export const ProductProvider = ({ person, theme, language, children }: ProductProviderProps) => {
  const client = useMemo(() => createSoukClient({ baseUrl: '/api/souk' }), [])
  const context = useMemo(
    () => ({
      theme,
      locale: language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      user: { id: person.id, name: person.name },
      organization: { id: person.organization.id, name: person.organization.name },
    }),
    [person, theme, language],
  )
  const tools = useDevTools()
  if (tools === undefined) return null
  return (
    <SoukProvider
      client={client}
      registry={registry}
      context={context}
      services={services}
      {...(tools ? { connect: tools.devtools.connect, onDiagnostic: tools.devtools.report } : {})}
    >
      {children}
      {tools ? <tools.DevTools theme={theme} /> : null}
    </SoukProvider>
  )
}
