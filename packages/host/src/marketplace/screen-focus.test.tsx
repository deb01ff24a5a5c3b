import type { Installation } from '@souk/extension-sdk/protocol'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useEffect, useState } from 'react'
import { expect, test, vi } from 'vitest'
import type { SoukClient } from '../api/souk-client'
import { standardRegistry } from '../components'
import { HostError } from '../host-error'
import { SoukProvider } from '../provider'
import { DeviceLogin } from './device-login'
import { Marketplace } from './marketplace'
import type { MarketplaceRoute } from './route'
import { createFakeClient } from './testing/fake-client'
import { deviceLogin, installation, orderLookup } from './testing/fixtures'
import { productContext } from './testing/product-context'

const at = (tab: 'settings' | 'manage') => ({ name: 'installation', id: 'inst-orders', tab }) as const
const APP = { name: 'app', slug: 'order-lookup' } as const

interface ProductProps {
  readonly first: MarketplaceRoute
  readonly isDevice: boolean
  readonly onTitleChange: (title: string) => void
  /** Gets what the product's own navigation would call. */
  readonly onReady: (go: (route: MarketplaceRoute) => void) => void
}

/** A product that has a link of its own, and keeps the place. */
const Product = ({ first, isDevice, onTitleChange, onReady }: ProductProps) => {
  const [route, setRoute] = useState(first)
  useEffect(() => onReady(setRoute), [onReady])
  return (
    <>
      <a href="#top">Inbox</a>
      {isDevice ? (
        <DeviceLogin code="BCDF-GHJK" onTitleChange={onTitleChange} />
      ) : (
        <Marketplace route={route} onRouteChange={setRoute} onTitleChange={onTitleChange} />
      )}
    </>
  )
}

const show = (answers: Partial<SoukClient> = {}, first: MarketplaceRoute = { name: 'browse' }, isDevice = false) => {
  const onTitleChange = vi.fn<(title: string) => void>()
  const onReady = vi.fn<ProductProps['onReady']>()
  render(
    <SoukProvider
      client={createFakeClient(answers)}
      registry={standardRegistry}
      context={productContext}
      services={{ navigate: () => undefined, openRecord: () => undefined, showToast: () => undefined }}
    >
      <Product first={first} isDevice={isDevice} onTitleChange={onTitleChange} onReady={onReady} />
    </SoukProvider>,
  )
  return { onTitleChange, go: (route: MarketplaceRoute) => act(() => onReady.mock.calls[0]?.[0](route)) }
}

const press = async (name: string | RegExp) => {
  const button = await screen.findByRole('button', { name })
  button.focus()
  await userEvent.keyboard('{Enter}')
}
const expectFocused = async (name: string | RegExp, role: 'heading' | 'button' | 'link' = 'heading') =>
  waitFor(() => expect(screen.getByRole(role, { name })).toHaveFocus())

test('the product decides where the focus is when the marketplace opens', async () => {
  show()
  await screen.findByRole('list', { name: 'Apps' })
  expect(document.body).toHaveFocus()
})

test('what leads to another screen hands the focus to its heading, there and back', async () => {
  const { onTitleChange } = show()
  await press('Order Lookup')
  await expectFocused('Order Lookup')
  // It can have the focus, and the Tab key goes on from it.
  expect(screen.getByRole('heading', { name: 'Order Lookup' })).toHaveAttribute('tabindex', '-1')
  await press(/All apps/)
  await expectFocused('Apps')
  await press('Installed')
  await expectFocused('Installed apps')
  expect(onTitleChange.mock.calls.map(([title]) => title)).toEqual(['Apps', 'Order Lookup', 'Apps', 'Installed apps'])
})

test('a screen that is slow gets the focus when it comes, and one that fails does not lose it', async () => {
  let answer: (app: typeof orderLookup) => void = () => undefined
  const slow = new Promise<typeof orderLookup>((resolve) => {
    answer = resolve
  })
  const catalogApp = vi.fn<SoukClient['catalogApp']>().mockReturnValueOnce(slow)
  catalogApp.mockRejectedValue(new HostError('NOT_FOUND', 'There is no such app.'))
  const { go } = show({ catalogApp })
  await press('Order Lookup')
  await screen.findByRole('status', { name: /Loading/ })
  await act(async () => answer(orderLookup))
  await expectFocused('Order Lookup')
  go({ name: 'app', slug: 'gone' })
  await screen.findByText('There is no such app.')
  await waitFor(() => expect(document.querySelector('.souk-marketplace')).toHaveFocus())
})

test('the back button of a browser gives the focus to the screen, a link of the product keeps it', async () => {
  const { go } = show({}, APP)
  await screen.findByRole('heading', { name: 'Order Lookup' })
  go({ name: 'installed' })
  await expectFocused('Installed apps')
  screen.getByRole('link', { name: 'Inbox' }).focus()
  go({ name: 'browse' })
  await screen.findByRole('list', { name: 'Apps' })
  expect(screen.getByRole('link', { name: 'Inbox' })).toHaveFocus()
})

test('the sections of an installed app keep the focus where the user pressed', async () => {
  show({}, at('settings'))
  await press('History')
  await screen.findByRole('heading', { name: 'History' })
  expect(screen.getByRole('button', { name: 'History' })).toHaveFocus()
})

test('after an install, the focus is on what leads to the installed app', async () => {
  let app = orderLookup
  const install = vi.fn<SoukClient['install']>(async () => {
    app = { ...orderLookup, installation }
    return installation
  })
  show({ catalogApp: async () => app, install }, APP)
  await press('Install')
  const dialog = await screen.findByRole('dialog')
  // The last button of the dialog grants.
  const grant = [...dialog.querySelectorAll('button')].at(-1)
  grant?.focus()
  await userEvent.keyboard('{Enter}')
  await screen.findByRole('button', { name: 'Manage' })
  await expectFocused('Manage', 'button')
})

test('uninstalling takes the button away that asked, and leads to the section that is left', async () => {
  let current: Installation = installation
  const uninstall = vi.fn<SoukClient['uninstall']>(async () => {
    current = { ...installation, status: 'uninstalled', uninstalledAt: '2026-03-07T10:00:00.000Z' }
    return current
  })
  show({ installation: async () => current, uninstall }, at('manage'))
  await press('Uninstall')
  const question = await screen.findByRole('alertdialog')
  ;[...question.querySelectorAll('button')].at(-1)?.focus()
  await userEvent.keyboard('{Enter}')
  await expectFocused('History')
})

test('an action that fails gives the focus back to its button', async () => {
  const uninstall = vi.fn<SoukClient['uninstall']>(async () => {
    throw new HostError('FORBIDDEN', 'Only an admin may do this.')
  })
  show({ uninstall }, at('manage'))
  await press('Uninstall')
  const question = await screen.findByRole('alertdialog')
  ;[...question.querySelectorAll('button')].at(-1)?.focus()
  await userEvent.keyboard('{Enter}')
  await screen.findByText('Only an admin may do this.')
  await expectFocused('Uninstall', 'button')
})

test('each step of letting a command line in has the focus', async () => {
  const { onTitleChange } = show({ deviceLogin: async () => deviceLogin }, { name: 'browse' }, true)
  await press('Continue')
  await expectFocused(/souk on ada-laptop/)
  await press('Let it in')
  await screen.findByText('The command line is logged in')
  await waitFor(() => expect(document.body).not.toHaveFocus())
  expect(onTitleChange).toHaveBeenCalledOnce()
})

test('who pressed beside everything is left alone', async () => {
  const { go } = show({}, at('settings'))
  const tab = await screen.findByRole('button', { name: 'History' })
  tab.focus()
  act(() => tab.blur())
  go(at('manage'))
  await screen.findByRole('heading', { name: 'Manage' })
  expect(document.body).toHaveFocus()
})
