import { randomUUID } from 'node:crypto'
import type { Product } from './create-product'
import type { Operation } from './measure'

/** The ten hottest routes. */
export const operationsOf = ({ souk, installationId }: Product): Readonly<Record<string, Operation>> => {
  const api = `${souk}/api/souk`
  const place = `${api}/installations/${installationId}`
  return {
    me: { url: `${api}/me` },
    extensions: { url: `${api}/extensions` },
    catalog: { url: `${api}/catalog/apps` },
    catalogSearch: { url: `${api}/catalog/apps?search=measured` },
    catalogApp: { url: `${api}/catalog/apps/bench-app` },
    installations: { url: `${api}/installations` },
    installation: { url: place },
    readSettings: { url: `${place}/settings/user` },
    saveSettings: { url: `${place}/settings/user`, method: 'PUT', body: () => '{"values":{"compact":false}}' },
    callFunction: {
      url: `${place}/functions`,
      method: 'POST',
      body: () => JSON.stringify({ moduleHash: 'src/a.server.ts#run', args: '[]', idempotencyKey: randomUUID() }),
    },
  }
}
