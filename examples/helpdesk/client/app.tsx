import { useState } from 'react'
import { api, type Person } from './api'
import { LoadError } from './components/load-error'
import { Sidebar } from './components/sidebar'
import { Apps } from './pages/apps'
import { Automations } from './pages/automations'
import { Calls } from './pages/calls'
import { Customers } from './pages/customers'
import { Developer, Review } from './pages/developer'
import { Device } from './pages/device'
import { Inbox } from './pages/inbox'
import { NotFound } from './pages/not-found'
import { Settings } from './pages/settings'
import { SignIn } from './pages/sign-in'
import { TicketPage } from './pages/ticket'
import { navigate, usePath } from './router'
import { ProductProvider } from './souk/product-provider'
import { type Language, useLanguage } from './use-language'
import { useResource } from './use-resource'
import { type Theme, useTheme } from './use-theme'

export const App = () => {
  const session = useResource(api.me)
  const { theme, setTheme } = useTheme()

  if (session.error) return <LoadError error={session.error} onRetry={session.reload} />
  if (session.data === undefined) return null
  if (session.data === null)
    return (
      <SignIn
        onSignedIn={(person) => {
          // `souk login` led here, and its page is what the person came for.
          if (location.pathname !== '/device') navigate('/inbox')
          session.setData(person)
        }}
      />
    )
  return (
    <Product
      key={session.data.id}
      person={session.data}
      theme={theme}
      onThemeChange={setTheme}
      onPersonChange={(person) => {
        // Another organization's ticket would not be there.
        if (!/^\/(apps|automations|calls|developer|inbox|customers|review|settings)/.test(location.pathname))
          navigate('/inbox')
        session.setData(person)
      }}
    />
  )
}

interface ProductProps {
  readonly person: Person
  readonly theme: Theme
  readonly onThemeChange: (theme: Theme) => void
  readonly onPersonChange: (person: Person | null) => void
}

const Product = ({ person, theme, onThemeChange, onPersonChange }: ProductProps) => {
  const [ticketsVersion, setTicketsVersion] = useState(0)
  const { language, setLanguage } = useLanguage()
  return (
    <ProductProvider person={person} theme={theme} language={language}>
      <div className="fh-shell">
        <Sidebar
          person={person}
          theme={theme}
          ticketsVersion={ticketsVersion}
          onThemeChange={onThemeChange}
          onPersonChange={onPersonChange}
        />
        <main className="fh-main">
          <Page
            person={person}
            theme={theme}
            language={language}
            onThemeChange={onThemeChange}
            onLanguageChange={setLanguage}
            onTicketChange={() => setTicketsVersion((version) => version + 1)}
          />
        </main>
      </div>
    </ProductProvider>
  )
}

interface PageProps {
  readonly person: Person
  readonly theme: Theme
  readonly language: Language
  readonly onThemeChange: (theme: Theme) => void
  readonly onLanguageChange: (language: Language) => void
  readonly onTicketChange: () => void
}

const Page = ({ person, theme, language, onThemeChange, onLanguageChange, onTicketChange }: PageProps) => {
  const path = usePath()
  const [, section = 'inbox', id] = path.split('/')
  if (section === 'tickets' && id) {
    const ticketId = decodeURIComponent(id)
    return <TicketPage key={ticketId} ticketId={ticketId} onChange={onTicketChange} />
  }
  if (section === '' || section === 'inbox') return <Inbox person={person} />
  if (section === 'customers') return <Customers />
  if (section === 'calls') return <Calls />
  if (section === 'automations') return <Automations />
  if (section === 'apps') return <Apps path={path} language={language} />
  if (section === 'device') return <Device language={language} />
  if (section === 'developer') return <Developer path={path} language={language} />
  if (section === 'review') return <Review path={path} language={language} />
  if (section === 'settings')
    return (
      <Settings
        person={person}
        theme={theme}
        language={language}
        onThemeChange={onThemeChange}
        onLanguageChange={onLanguageChange}
      />
    )
  return <NotFound />
}
