import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import { expect, test, vi } from 'vitest'
import type { Souk } from '../souk-context'
import { createExtensionServices } from './extension-services'
import type { Overlays } from './overlays'

const createServices = () =>
  createExtensionServices({
    // Only what these requests read.
    extension: { appInstallationId: 'i' } as ActiveExtension,
    getSouk: () => ({ services: {} }) as Souk,
    overlays: {} as Overlays,
    'open-dialog': vi.fn(),
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
