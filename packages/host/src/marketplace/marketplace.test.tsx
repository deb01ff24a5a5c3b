import type { Installation } from '@souk/extension-sdk/protocol'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { SoukClient } from '../api/souk-client'
import { type PropsOf, standardRegistry } from '../components'
import type { ConnectExtension } from '../frame/connect'
import { HostError } from '../host-error'
import { SoukProvider } from '../provider'
import { createRegistry } from '../registry/create-registry'
import { createFakeExtensions, element, insert, testExtension, textNode } from '../testing/fake-extension'
import { Marketplace } from './marketplace'
import type { MarketplaceRoute } from './route'
import { createFakeClient } from './testing/fake-client'
import {
  apps,
  emptyOrganizationSettings,
  installation,
  member,
  orderLookup,
  updatable,
  versions,
  withAccounts,
} from './testing/fixtures'
import { productContext } from './testing/product-context'

interface Setup {
  readonly connect?: ConnectExtension
  readonly answers?: Partial<SoukClient>
  readonly route?: MarketplaceRoute
  readonly registry?: typeof standardRegistry
}

const show = ({ answers, route, connect, registry = standardRegistry }: Setup = {}) => {
  const onRouteChange = vi.fn<(route: MarketplaceRoute) => void>()
  const showToast = vi.fn()
  render(
    <SoukProvider
      client={createFakeClient(answers)}
      registry={registry}
      {...(connect ? { connect } : {})}
      context={productContext}
      services={{ navigate: () => undefined, openRecord: () => undefined, showToast }}
    >
      <Marketplace {...(route ? { route } : {})} onRouteChange={onRouteChange} />
    </SoukProvider>,
  )
  return { onRouteChange, showToast }
}

const appRoute = { name: 'app', slug: 'order-lookup' } as const
const at = (tab: 'page' | 'settings' | 'update' | 'history' | 'manage') =>
  ({ name: 'installation', id: 'inst-orders', tab }) as const

test('browsing shows each app, and marks what is installed and what is in development', async () => {
  show()
  const cards = within(await screen.findByRole('list', { name: 'Apps' })).getAllByRole('listitem')
  expect(cards).toHaveLength(apps.length)
  expect(cards.filter((card) => within(card).queryByText('Installed')).map((card) => card.textContent)).toEqual([
    expect.stringContaining('Call Calendar'),
  ])
  expect(cards.filter((card) => within(card).queryByText('Development')).map((card) => card.textContent)).toEqual([
    expect.stringContaining('House Rules'),
  ])
})

test('a search asks the server, from the first page on', async () => {
  const catalog = vi.fn<SoukClient['catalog']>(async ({ search } = {}) => ({
    items: search ? [orderLookup] : apps,
    nextCursor: null,
  }))
  show({ answers: { catalog } })
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Search apps' }), 'orders')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Sentiment' })).toBeNull())
  expect(catalog).toHaveBeenLastCalledWith({ search: 'orders', category: undefined, cursor: undefined })
  expect(await screen.findByRole('button', { name: 'Order Lookup' })).toBeInTheDocument()
})

test('a page more keeps the pages before it', async () => {
  const catalog: SoukClient['catalog'] = async ({ cursor } = {}) =>
    cursor ? { items: apps.slice(2), nextCursor: null } : { items: apps.slice(0, 2), nextCursor: 'next' }
  show({ answers: { catalog } })
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }))
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(apps.length))
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
})

test('what cannot be loaded says so with its code, and can be tried again', async () => {
  const catalogApp = vi
    .fn<SoukClient['catalogApp']>()
    .mockRejectedValueOnce(new HostError('STORAGE_UNAVAILABLE', 'The database did not answer.', { traceId: 'req_1' }))
    .mockResolvedValue(orderLookup)
  show({ answers: { catalogApp }, route: appRoute })
  expect(await screen.findByText('STORAGE_UNAVAILABLE')).toBeInTheDocument()
  expect(screen.getByText('req_1')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Order Lookup' })).toBeInTheDocument()
})

test('a member sees all of an app, but no way to install it', async () => {
  show({ answers: { me: async () => member }, route: appRoute })
  expect(await screen.findByText('Only an admin of your organization can install apps.')).toBeInTheDocument()
  expect(screen.getByText('tickets:read')).toBeInTheDocument()
  expect(screen.getByText('orders.northwind.example')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Install' })).toBeNull()
})

test('a member can neither save the organization’s settings, update nor uninstall', async () => {
  const settings = vi.fn(createFakeClient().settings)
  show({
    answers: { me: async () => member, settings, installation: async () => updatable },
    route: at('settings'),
  })
  expect(await screen.findByRole('form', { name: 'Your settings' })).toBeInTheDocument()
  expect(screen.queryByRole('form', { name: 'Settings of the organization' })).toBeNull()
  expect(settings.mock.calls.map(([, scope]) => scope)).toEqual(['user'])
})

test.each(['update', 'manage'] as const)('the %s tab tells a member why nothing can be done there', async (tab) => {
  show({ answers: { me: async () => member, installation: async () => updatable }, route: at(tab) })
  expect(await screen.findByText('Only an admin of your organization can change this app.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /^(Update…|Uninstall|Roll back)$/ })).toBeNull()
})

test('consent lists every scope with its purpose and every host, and grants exactly those', async () => {
  const install = vi.fn<SoukClient['install']>(async () => ({ ...installation, needsConfiguration: true }))
  const { onRouteChange, showToast } = show({ answers: { install }, route: appRoute })
  await userEvent.click(await screen.findByRole('button', { name: 'Install' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Install Order Lookup?' }))
  for (const { id, purpose } of orderLookup.deployment.scopes) {
    expect(dialog.getByText(id)).toBeInTheDocument()
    expect(dialog.getByText(purpose)).toBeInTheDocument()
  }
  for (const { host, purpose } of orderLookup.deployment.egress) {
    expect(dialog.getByText(host)).toBeInTheDocument()
    expect(dialog.getByText(purpose)).toBeInTheDocument()
  }
  expect(install).not.toHaveBeenCalled()
  await userEvent.click(dialog.getByRole('button', { name: 'Install' }))
  expect(install.mock.calls).toEqual([
    [
      {
        appId: 'app-orders',
        deploymentId: 'dep-100',
        grantedScopes: ['tickets:read', 'tickets:comment'],
        grantedEgress: ['orders.northwind.example', '*.tracking.example'],
      },
    ],
  ])
  await waitFor(() => expect(onRouteChange).toHaveBeenCalledWith(at('settings')))
  expect(showToast).toHaveBeenCalledWith(expect.objectContaining({ title: 'Order Lookup is installed' }))
})

test('consent says which accounts an app works with, where their credentials go, and which its code can read', async () => {
  show({ route: appRoute, answers: { catalogApp: async () => withAccounts } })
  await userEvent.click(await screen.findByRole('button', { name: 'Install' }))
  const accounts = within(await screen.findByRole('list', { name: 'It works with these accounts' }))
  expect(accounts.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'ShopThe platform sends the credential to {shop}.shops.example; the app’s code never sees it.For everybody',
    'Post officeThe app’s code can read the credential.For each person',
  ])
})

test('a consent that is closed installs nothing', async () => {
  const install = vi.fn<SoukClient['install']>()
  show({ answers: { install }, route: appRoute })
  await userEvent.click(await screen.findByRole('button', { name: 'Install' }))
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(install).not.toHaveBeenCalled()
})

test('a refused install stays in the dialog, with its code', async () => {
  const install = () => Promise.reject(new HostError('CONSENT_REQUIRED', 'The app now asks for more.'))
  const { onRouteChange } = show({ answers: { install }, route: appRoute })
  await userEvent.click(await screen.findByRole('button', { name: 'Install' }))
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Install' }))
  expect(await within(screen.getByRole('dialog')).findByText('The app now asks for more.')).toBeInTheDocument()
  expect(within(screen.getByRole('dialog')).getByText('CONSENT_REQUIRED')).toBeInTheDocument()
  expect(onRouteChange).not.toHaveBeenCalled()
})

test('a settings form has a field for each setting, and no secret in it', async () => {
  show({ route: at('settings') })
  const form = within(await screen.findByRole('form', { name: 'Settings of the organization' }))
  expect(within(form.getByRole('group', { name: /Order service/ })).getByLabelText(/API address/)).toHaveValue(
    'https://orders.northwind.example',
  )
  expect(form.getByRole('button', { name: /Region/ })).toHaveTextContent('Europe')
  expect(form.getByLabelText(/Orders to show/)).toHaveValue('10')
  expect(form.getByRole('switch', { name: 'Allow refunds' })).toBeChecked()
  expect(form.getByLabelText('Note to agents (optional)')).toBeInstanceOf(HTMLTextAreaElement)
  expect(form.getByRole('group', { name: 'API key' })).toHaveTextContent('Saved')
  expect(document.querySelector('input[type=password]')).toBeNull()
})

test('an untouched secret is not sent, a replaced one is, and the form forgets it', async () => {
  const saveSettings = vi.fn(createFakeClient().saveSettings)
  const { showToast } = show({ answers: { saveSettings }, route: at('settings') })
  const form = within(await screen.findByRole('form', { name: 'Settings of the organization' }))
  await userEvent.click(form.getByRole('button', { name: 'Save settings' }))
  await waitFor(() => expect(showToast).toHaveBeenCalledWith(expect.objectContaining({ title: 'Settings saved' })))
  expect(saveSettings.mock.calls[0]?.[2]).not.toHaveProperty(['api.key'])

  await userEvent.click(form.getByRole('button', { name: 'Replace API key' }))
  await userEvent.type(form.getByLabelText(/^API key/), 'sk_2')
  expect(form.getByLabelText(/^API key/)).toHaveAttribute('type', 'password')
  await userEvent.click(form.getByRole('button', { name: 'Remove Webhook secret' }))
  await userEvent.click(form.getByRole('button', { name: 'Save settings' }))
  await waitFor(() => expect(saveSettings).toHaveBeenCalledTimes(2))
  expect(saveSettings.mock.calls[1]?.[2]).toMatchObject({ 'api.key': 'sk_2', webhookSecret: null })
  expect(await form.findByRole('button', { name: 'Replace API key' })).toBeInTheDocument()
  expect(document.body.innerHTML).not.toContain('sk_2')
})

test('what the server refuses stands at its field, and goes when the field changes', async () => {
  const saveSettings = () =>
    Promise.reject(
      new HostError('INVALID_INPUT', 'Some settings were refused.', {
        fields: { 'api.url': 'It must begin with https://.', 'api.key': 'It is required.', gone: 'An odd one.' },
      }),
    )
  show({ answers: { saveSettings, settings: async () => emptyOrganizationSettings }, route: at('settings') })
  const form = within(await screen.findByRole('form', { name: 'Settings of the organization' }))
  const typed = 'http://a.example'
  await userEvent.type(form.getByLabelText(/API address/), typed)
  await userEvent.click(form.getByRole('button', { name: 'Save settings' }))
  await waitFor(() => expect(form.getByLabelText(/API address/)).toHaveAttribute('aria-invalid', 'true'))
  expect(form.getByLabelText(/API address/)).toHaveValue(typed)
  expect(form.getByLabelText(/API address/)).toHaveAccessibleDescription(/It must begin with https:\/\//)
  expect(form.getByLabelText(/^API key/)).toHaveAccessibleDescription(/It is required/)
  expect(form.getByRole('alert')).toHaveTextContent('An odd one.')
  await userEvent.type(form.getByLabelText(/API address/), 's')
  expect(form.getByLabelText(/API address/)).not.toHaveAttribute('aria-invalid')
})

test('an update asks only for what was not granted before, and grants all of the new version', async () => {
  let current: Installation = updatable
  const upgrade = vi.fn<SoukClient['upgrade']>(async () => {
    current = { ...installation, version: '2.0.0' }
    return current
  })
  show({ answers: { upgrade, installation: async () => current }, route: at('update') })
  await userEvent.click(await screen.findByRole('button', { name: 'Update…' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByText('customers:read')).toBeInTheDocument()
  expect(dialog.getByText('geo.parcelworks.example')).toBeInTheDocument()
  expect(dialog.queryByText('tickets:read')).toBeNull()
  await userEvent.click(dialog.getByRole('button', { name: 'Update' }))
  expect(await screen.findByText('You have the newest version')).toBeInTheDocument()
  expect(upgrade).toHaveBeenCalledWith('inst-orders', {
    deploymentId: 'dep-200',
    grantedScopes: ['tickets:read', 'tickets:comment', 'customers:read'],
    grantedEgress: ['orders.northwind.example', '*.tracking.example', 'geo.parcelworks.example'],
  })
})

test('uninstalling asks first, and the screen follows', async () => {
  let current: Installation = installation
  const uninstall = vi.fn<SoukClient['uninstall']>(async () => {
    current = { ...installation, status: 'uninstalled', uninstalledAt: '2026-03-09T08:00:00.000Z' }
    return current
  })
  show({ answers: { uninstall, installation: async () => current }, route: at('manage') })
  await userEvent.click(await screen.findByRole('button', { name: 'Uninstall' }))
  await userEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Cancel' }))
  expect(uninstall).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Uninstall' }))
  await userEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Uninstall' }))
  expect(await screen.findByText('This app is uninstalled')).toBeInTheDocument()
  expect(uninstall).toHaveBeenCalledWith('inst-orders')
  expect(screen.queryByRole('button', { name: 'Settings' })).toBeNull()
})

test('the channel says how updates arrive, and an admin moves it at once', async () => {
  let current: Installation = installation
  const moveToChannel = vi.fn<SoukClient['moveToChannel']>(async (_id, channel) => {
    current = { ...installation, channel }
    return current
  })
  const { showToast } = show({ answers: { moveToChannel, installation: async () => current }, route: at('manage') })
  expect(await screen.findByRole('radio', { name: 'On their own' })).toBeChecked()
  await userEvent.click(screen.getByRole('radio', { name: 'When an admin updates' }))
  expect(await screen.findByText('The app stays at its version until an admin updates it.')).toBeInTheDocument()
  expect(moveToChannel).toHaveBeenCalledExactlyOnceWith('inst-orders', 'pinned')
  expect(screen.getByRole('radio', { name: 'When an admin updates' })).toBeChecked()
  expect(showToast).toHaveBeenCalledWith(expect.objectContaining({ title: 'Order Lookup stays at its version' }))
})

test('a channel that cannot be changed stays, and says why', async () => {
  const moveToChannel = vi
    .fn<SoukClient['moveToChannel']>()
    .mockRejectedValue(new HostError('CONFLICT', 'It was changed by somebody else just now.'))
  show({ answers: { moveToChannel }, route: at('manage') })
  await userEvent.click(await screen.findByRole('radio', { name: 'When an admin updates' }))
  expect(await screen.findByText(/changed by somebody else/)).toBeInTheDocument()
  expect(screen.getByRole('radio', { name: 'On their own' })).toBeChecked()
})

test('a development version says how it is left, and offers no other channel', async () => {
  show({ answers: { installation: async () => ({ ...installation, channel: 'development' }) }, route: at('manage') })
  expect(await screen.findByText(/This is a development version. It stays until/)).toBeInTheDocument()
  expect(screen.queryByRole('radio')).toBeNull()
})

test('apps are narrowed by a tag and sorted by the server', async () => {
  const catalog = vi.fn<SoukClient['catalog']>(async ({ tag } = {}) => ({
    items: apps.filter((app) => !tag || app.tags.includes(tag)),
    nextCursor: null,
  }))
  show({ answers: { catalog } })
  await userEvent.click(await screen.findByRole('button', { name: /Tag/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Languages' }))
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
  expect(catalog).toHaveBeenLastCalledWith({ tag: 'languages' })
  await userEvent.click(screen.getByRole('button', { name: /Sort by/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Most installed' }))
  await waitFor(() => expect(catalog).toHaveBeenLastCalledWith({ tag: 'languages', sort: 'installs' }))
})

test('the page of an app shows its versions, its tags and how many have it', async () => {
  const catalogVersions: SoukClient['catalogVersions'] = async (_slug, { cursor } = {}) =>
    cursor ? { items: versions.slice(2), nextCursor: null } : { items: versions.slice(0, 2), nextCursor: 'next' }
  show({ answers: { catalogVersions }, route: appRoute })
  expect(await screen.findByText('Refunds of more than one order at a time.')).toBeInTheDocument()
  expect(screen.getByText('Orders, Refunds')).toBeInTheDocument()
  expect(screen.getByText('1,280 organizations')).toBeInTheDocument()
  expect(screen.queryByText('Version 1.2.0')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }))
  expect(await screen.findByText('Version 1.2.0')).toBeInTheDocument()
})

const AcmeButton = ({ children, onPress }: PropsOf<'Button'>) => (
  <button type="button" className="acme" onClick={() => onPress?.()}>
    {children}
  </button>
)

test('the product’s own components draw the screens', async () => {
  const components = { ...standardRegistry.components, Button: AcmeButton }
  show({ registry: createRegistry({ ...standardRegistry, components }), route: appRoute })
  expect(await screen.findByRole('button', { name: 'Install' })).toHaveClass('acme')
})

test('the marketplace keeps its own place when the product does not', async () => {
  const { onRouteChange } = show()
  await userEvent.click(await screen.findByRole('button', { name: 'Order Lookup' }))
  expect(await screen.findByRole('heading', { name: 'Order Lookup' })).toBeInTheDocument()
  expect(onRouteChange).toHaveBeenCalledWith(appRoute)
})

test('an app with a page of its own is opened on it, and draws it there', async () => {
  const { connect } = createFakeExtensions(({ type, payload }, extension) => {
    if (type === 'trigger-surface' && payload.kind === 'app.page')
      extension.commit(String(payload.instanceId), insert(element(1, 'Text', [textNode(2, 'All orders')])))
    return null
  })
  const surfaces = [{ kind: 'app.page', id: 'page', label: 'Page' }]
  const extensions = async () => [testExtension({ appInstallationId: installation.id, surfaces })]
  const { onRouteChange } = show({ connect, answers: { extensions }, route: { name: 'installed' } })
  await userEvent.click(await screen.findByRole('button', { name: /^Order Lookup/ }))
  await waitFor(() => expect(onRouteChange).toHaveBeenLastCalledWith(at('page')))
  cleanup()
  show({ connect, answers: { extensions }, route: at('page') })
  expect(await screen.findByText('All orders')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'App' })).toHaveAttribute('aria-current', 'page')
})

test('an app without one has no such tab, and its address leads to the settings', async () => {
  show({ route: at('page') })
  expect(await screen.findByRole('button', { name: 'Settings' })).toHaveAttribute('aria-current', 'page')
  expect(screen.queryByRole('button', { name: 'App' })).toBeNull()
})
