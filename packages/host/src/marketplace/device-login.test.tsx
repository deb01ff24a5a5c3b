import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { SoukClient } from '../api/souk-client'
import { standardRegistry } from '../components'
import { HostError } from '../host-error'
import { SoukProvider } from '../provider'
import { DeviceLogin } from './device-login'
import { createFakeClient } from './testing/fake-client'
import { deviceLogin } from './testing/fixtures'
import { productContext } from './testing/product-context'

const show = (answers: Partial<SoukClient> = {}, code?: string) =>
  render(
    <SoukProvider
      client={createFakeClient(answers)}
      registry={standardRegistry}
      context={productContext}
      services={{ navigate: () => undefined, openRecord: () => undefined, showToast: () => undefined }}
    >
      <DeviceLogin {...(code === undefined ? {} : { code })} />
    </SoukProvider>,
  )

test('a code that is typed shows who asks for what, and approving is for the first account', async () => {
  const approveDeviceLogin = vi.fn<SoukClient['approveDeviceLogin']>(async () => ({
    ...deviceLogin,
    status: 'approved',
  }))
  const read = vi.fn<SoukClient['deviceLogin']>(async () => deviceLogin)
  show({ approveDeviceLogin, deviceLogin: read })
  await userEvent.type(screen.getByRole('textbox', { name: 'Code' }), 'bcdf-ghjk')
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText(/souk on ada-laptop/)).toBeInTheDocument()
  expect(read).toHaveBeenCalledWith('bcdf-ghjk')
  expect(screen.getByText(/must show BCDF-GHJK/)).toBeInTheDocument()
  expect(screen.getByText(/publish and withdraw/)).toBeInTheDocument()
  await userEvent.click(await screen.findByRole('button', { name: 'Let it in' }))
  expect(await screen.findByText('The command line is logged in')).toBeInTheDocument()
  expect(approveDeviceLogin).toHaveBeenCalledExactlyOnceWith('bcdf-ghjk', 'acc-northwind')
})

test('a link fills the code in, and approves nothing by itself', async () => {
  const approveDeviceLogin = vi.fn<SoukClient['approveDeviceLogin']>()
  const read = vi.fn<SoukClient['deviceLogin']>(async () => deviceLogin)
  show({ approveDeviceLogin, deviceLogin: read }, 'BCDF-GHJK')
  expect(screen.getByRole('textbox', { name: 'Code' })).toHaveValue('BCDF-GHJK')
  expect(read).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Deny' }))
  expect(await screen.findByText('The login was denied')).toBeInTheDocument()
  expect(approveDeviceLogin).not.toHaveBeenCalled()
})

test('a wrong code says so, and who has no account cannot approve', async () => {
  const wrong = new HostError('NOT_FOUND', 'No command line waits under this code.')
  const read = vi.fn<SoukClient['deviceLogin']>().mockRejectedValueOnce(wrong).mockResolvedValue(deviceLogin)
  show({ deviceLogin: read, developerAccounts: async () => ({ items: [], nextCursor: null }) }, 'X')
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText('No command line waits under this code.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText(/belong to no developer account/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Let it in' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Deny' })).toBeEnabled()
})
