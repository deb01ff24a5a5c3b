import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { SoukClient } from '../api/souk-client'
import { standardRegistry } from '../components'
import { HostError } from '../host-error'
import { SoukProvider } from '../provider'
import { Marketplace } from './marketplace'
import { createFakeClient } from './testing/fake-client'
import { connections, firstConnection, noConnections } from './testing/fixtures'
import { productContext } from './testing/product-context'

const show = (answers: Partial<SoukClient> = {}) => {
  const showToast = vi.fn()
  render(
    <SoukProvider
      client={createFakeClient(answers)}
      registry={standardRegistry}
      context={productContext}
      services={{ showToast }}
    >
      <Marketplace route={{ name: 'installation', id: 'inst-orders', tab: 'connections' }} />
    </SoukProvider>,
  )
  return { showToast }
}

test('each kind of connection shows its accounts, whether they work, and who gets the credential', async () => {
  show()
  const accounts = within(await screen.findByRole('list', { name: 'Accounts of Shop' })).getAllByRole('listitem')
  expect(accounts.map((item) => within(item).queryByText('Expired') !== null)).toEqual([false, true])
  expect(screen.getByText(/sends its credential to \{shop\}\.shops\.example/)).toBeInTheDocument()
  expect(screen.getByText(/The app’s code can read its credential/)).toBeInTheDocument()
  expect(screen.getByText('Not connected')).toBeInTheDocument()
})

test('the fields of a secret are asked for, sent, and what was refused stands at its field', async () => {
  const connect = vi
    .fn<SoukClient['connect']>()
    .mockRejectedValueOnce(
      new HostError('INVALID_INPUT', 'No.', { fields: { key: 'The post office does not know it.' } }),
    )
    .mockResolvedValue({ connection: { ...firstConnection, label: 'Depot 7' }, authorizationUrl: null })
  const { showToast } = show({ connect })
  await userEvent.click(await screen.findByRole('button', { name: 'Connect Post office' }))
  await userEvent.type(screen.getByLabelText(/Account number/), '7')
  await userEvent.type(screen.getByLabelText(/^Key/), 'wrong')
  await userEvent.click(screen.getByRole('button', { name: 'Connect' }))
  expect(await screen.findByText('The post office does not know it.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Connect' }))
  await waitFor(() =>
    expect(showToast).toHaveBeenCalledWith(expect.objectContaining({ title: 'Depot 7 is connected' })),
  )
  expect(connect).toHaveBeenLastCalledWith(
    'inst-orders',
    expect.objectContaining({ definitionId: 'post-office', fields: { account: '7', key: 'wrong' } }),
  )
})

test('an expired account is connected again as the same one', async () => {
  const connect = vi.fn<SoukClient['connect']>(async () => ({ connection: firstConnection, authorizationUrl: null }))
  show({ connect })
  await userEvent.click(await screen.findByRole('button', { name: 'Connect again: Northwind Outlet' }))
  await waitFor(() => expect(connect).toHaveBeenCalledOnce())
  expect(connect.mock.calls[0]?.[1]).toEqual({ definitionId: 'shop', connectionId: 'con-old', returnTo: '/' })
})

test('an account is removed only after a second question', async () => {
  const disconnect = vi.fn<SoukClient['disconnect']>(async () => firstConnection)
  show({ disconnect })
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Northwind Outdoors' }))
  expect(disconnect).not.toHaveBeenCalled()
  const dialog = within(await screen.findByRole('alertdialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(disconnect).toHaveBeenCalledWith('inst-orders', 'con-shop'))
})

test('who may not connect is told who may, and an app without connections says so', async () => {
  const [shop] = connections.definitions
  if (!shop) throw new Error('The fixture has a shop.')
  show({ connections: async () => ({ definitions: [{ ...shop, mayConnect: false }], connections: [] }) })
  expect(await screen.findByText('Only an admin of your organization can connect this.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /^Connect.* Shop/ })).toBeNull()
})

test('an app without connections says so', async () => {
  show({ connections: async () => noConnections })
  expect(await screen.findByText('Nothing to connect')).toBeInTheDocument()
})
