import { createRegistry, createSoukClient, SoukProvider, Surface, SurfaceActions, standardContract } from '@souk/host'
import { standardChrome, standardComponents, standardRegistry } from '@souk/host/components'
import { DeveloperPortal } from '@souk/host/developer'
import { Marketplace } from '@souk/host/marketplace'

const client = createSoukClient({ baseUrl: '/api/souk' })

export const ownRegistry = createRegistry({
  contract: standardContract,
  components: {
    ...standardComponents,
    Button: ({ children, onPress, variant }) => (
      <button type="button" className={variant === 'primary' ? 'mine' : ''} onClick={() => onPress?.()}>
        {children}
      </button>
    ),
  },
  chrome: standardChrome,
})

createRegistry({
  contract: standardContract,
  // @ts-expect-error every component of the contract must be there
  components: { Button: () => null },
  chrome: standardChrome,
})

createRegistry({
  contract: standardContract,
  // @ts-expect-error a Badge has no prop `volume`
  components: { ...standardComponents, Badge: ({ volume }: { volume: number }) => <b>{volume}</b> },
  chrome: standardChrome,
})

export const Product = () => (
  <SoukProvider
    client={client}
    registry={standardRegistry}
    context={{ theme: 'dark', locale: 'en', timeZone: 'UTC', user: { id: 'ada' }, organization: { id: 'acme' } }}
  >
    <Surface name="record.widgets" context={{ recordType: 'ticket', recordId: 'T-1' }} />
    <SurfaceActions
      name="record.actions"
      context={{ recordType: 'ticket', recordId: 'T-1' }}
      render={(actions) =>
        actions.map((action) => (
          <button key={action.key} type="button" onClick={action.run}>
            {action.label}
          </button>
        ))
      }
    />
    <Marketplace />
    <DeveloperPortal />
    {/* @ts-expect-error a surface has a name */}
    <Surface context={{ recordId: 'T-1' }} />
  </SoukProvider>
)

export const wrongContext = (
  <SoukProvider
    client={client}
    registry={standardRegistry}
    // @ts-expect-error `theme` is light or dark
    context={{ theme: 'red', locale: 'en', timeZone: 'UTC', user: { id: 'a' }, organization: { id: 'b' } }}
  >
    {null}
  </SoukProvider>
)

export const read = async () => {
  const page = await client.catalog({})
  const title: string | undefined = page.items[0]?.title
  // @ts-expect-error an app of the catalogue has no field `titel`
  return [title, page.items[0]?.titel]
}
