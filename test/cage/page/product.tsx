import './watch'
import { createRegistry, createSoukClient, defineContract, SoukProvider, Surface, standardContract } from '@souk/host'
import { standardChrome, standardComponents } from '@souk/host/components'
import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'

// As product teams write them: everything that arrives goes onto the element. What must not arrive, the prop filter has to stop.
const Panel = (props: object) => createElement('section', props)

const registry = createRegistry({
  contract: defineContract({
    ...standardContract,
    components: {
      ...standardContract.components,
      Panel: {
        description: 'A part of the page.',
        props: { title: { type: 'string', optional: true } },
        events: {},
        children: true,
        slots: [],
      },
    },
  }),
  components: { ...standardComponents, Panel },
  chrome: standardChrome,
})

const context = {
  theme: 'light',
  locale: 'en',
  timeZone: 'UTC',
  user: { id: 'admin', name: 'Ada' },
  organization: { id: 'org-a', name: 'A' },
} as const

const client = createSoukClient({ baseUrl: '/api/souk' })

const services = {
  navigate(path: string) {
    cage.navigations.push(path)
    history.pushState(null, '', path)
  },
}

const idsOf = (name: string) => (new URLSearchParams(location.search).get(name) ?? '').split(',').filter(Boolean)

const Page = () => {
  // The attacks begin when the suite has seen the page as it is without them.
  const [isUnderAttack, setUnderAttack] = useState(false)
  cage.attack = () => setUnderAttack(true)
  const shown = [...idsOf('show'), ...(isUnderAttack ? idsOf('attacks') : [])]
  return (
    <SoukProvider
      client={client}
      registry={registry as never}
      context={context}
      services={services}
      onDiagnostic={({ code, message, appInstallationId }) =>
        cage.diagnostics.push(`${appInstallationId ?? ''} ${code} ${message}`)
      }
    >
      <header style={{ position: 'sticky', top: 0, height: 60, background: '#fff' }}>
        <h1 id="title" style={{ margin: 0, fontSize: 20 }}>
          The product
        </h1>
        <input id="field" aria-label="A field of the product" />
      </header>
      {shown.map((id) => (
        <section key={id} data-attack={id}>
          <Surface name="record.widgets" context={{ recordType: id, recordId: '1' }} />
        </section>
      ))}
    </SoukProvider>
  )
}

const root = document.getElementById('app')
if (root) createRoot(root).render(<Page />)
