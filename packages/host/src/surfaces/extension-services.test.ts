import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import { describe, expect, test, vi } from 'vitest'
import type { HostServices, ScopedService, Souk } from '../souk-context'
import { createExtensionServices } from './extension-services'
import { createFunctionStreams } from './function-streams'
import type { Overlays } from './overlays'

const createServices = (services: HostServices = {}, overlays = {}) =>
  createExtensionServices({
    // Only what these requests read.
    extension: {
      appInstallationId: 'i',
      title: 'Order Lookup',
      grantedScopes: ['tickets:read'],
    } as unknown as ActiveExtension,
    getSouk: () => ({ services }) as Souk,
    overlays: overlays as Overlays,
    files: { named: () => [] },
    streams: createFunctionStreams(),
    'open-dialog': vi.fn(async () => null),
    'close-dialog': vi.fn(),
    'call-method': vi.fn(),
  })

test('a service that the product does not offer answers METHOD_NOT_FOUND', async () => {
  const services = createServices()
  const { signal } = new AbortController()
  await expect(services.navigate({ path: '/tickets' }, signal)).rejects.toMatchObject({ code: 'METHOD_NOT_FOUND' })
  await expect(services['open-record']({ recordType: 'ticket', recordId: '1' }, signal)).rejects.toMatchObject({
    code: 'METHOD_NOT_FOUND',
  })
})

const REQUESTS: Readonly<
  Record<ScopedService, (services: ReturnType<typeof createServices>, signal: AbortSignal) => unknown>
> = {
  navigate: (services, signal) => services.navigate({ path: '/tickets' }, signal),
  openRecord: (services, signal) => services['open-record']({ recordType: 'ticket', recordId: '1' }, signal),
  openUrl: (services, signal) => services['open-url']({ url: 'https://northwind.example' }, signal),
  showToast: (services, signal) => services['show-toast']({ title: 'Saved', variant: 'success' }, signal),
  confirm: (services, signal) => services.confirm({ title: 'Refund?' }, signal),
  openDialog: (services, signal) => services['open-dialog']({ dialogId: 'd', title: 'Refund', size: 'medium' }, signal),
  connectAccount: (services, signal) => services['connect-account']({ connection: 'orders' }, signal),
}
const NAMES = Object.keys(REQUESTS) as ScopedService[]

describe.each(NAMES)('%s behind a scope', (name) => {
  const ask = async (scope: string, used: () => void) => {
    const given: HostServices = {
      navigate: used,
      openRecord: used,
      openUrl: used,
      showToast: used,
      connectAccount: async () => {
        used()
        return true
      },
      scopes: { [name]: scope },
    }
    const services = createServices(given, { confirm: async () => used() })
    return REQUESTS[name](services, new AbortController().signal)
  }

  test('is refused to whom the scope was not granted, and the product hears nothing of it', async () => {
    const used = vi.fn()
    await expect(ask('tickets:write', used)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('tickets:write'),
    })
    expect(used).not.toHaveBeenCalled()
  })

  test('is done for whom it was granted', async () => {
    await expect(ask('tickets:read', vi.fn())).resolves.not.toThrow()
  })
})
