import { expect } from 'vitest'
import { z } from 'zod'
import { signInOverHttp } from '../../server/seed/sign-in-over-http'
import { installOrderLookup } from './install-order-lookup'
import { publishVersion } from './publish-version'
import type { RunningProduct } from './start-product'

const ANY = z.object({ id: z.string() })

const CONNECTION = `import { defineConnection } from '@souk/extension-sdk'

export default defineConnection({
  type: 'secret',
  scope: 'organization',
  label: 'Parcel tracking',
  description: 'The account at the carrier whose parcels are followed.',
  fields: [{ name: 'key', label: 'Tracking key' }],
  attach: [{ host: 'tracking.northwind.example', header: 'X-Key', format: '{value}' }],
})
`

const ASKS_MORE = [
  {
    file: 'souk.config.ts',
    from: '  egress: {\n    server: [\n',
    to: "  egress: {\n    server: [\n      { host: 'tracking.northwind.example', purpose: 'Asks where a parcel is.' },\n",
  },
] as const

/**
 * What the walk meets: Order Lookup is installed in a version of before, the newer one asks for more and connects to an account, and the
 * one after that waits for a reviewer. It was called twice, once
 * in vain.
 */
export const prepareWalk = async ({ url, ordersApiKey }: RunningProduct): Promise<void> => {
  const ada = await signInOverHttp(url, 'ada')
  const id = await installOrderLookup(ada)
  await ada.post(`/api/souk/installations/${id}/channel`, { channel: 'pinned' }, ANY)
  const values = { apiKey: ordersApiKey }
  await ada.put(`/api/souk/installations/${id}/settings/organization`, { values })
  const find = (query: string) =>
    ada.post(
      `/api/souk/installations/${id}/functions`,
      { moduleHash: 'src/orders.server.ts#findOrders', args: JSON.stringify([{ query }]), idempotencyKey: query },
      z.unknown(),
    )
  await find('NW-1042')
  await expect(find('x')).rejects.toThrow('INVALID_INPUT')
  await ada.signOut()
  const files = { 'src/tracking.connection.ts': CONNECTION }
  await publishVersion({
    url,
    version: '1.1.0',
    releaseNotes: 'Parcels are followed to the door.',
    edits: ASKS_MORE,
    files,
  })
  await publishVersion({
    url,
    version: '1.2.0',
    releaseNotes: 'Asks for less than before.',
    edits: [],
    onlySubmit: true,
  })
}
