import { createSouk } from '../../src/index'
import type { Storage } from '../../src/storage'
import { createFakeRuntime, KEY, ORIGIN, type Person, people, SANDBOX } from './create-world'
import { SERVICE_HOST } from './start-provider'

/** Another process of the same product: its own Souk over the same storage. */
export const createSoukOver = (storage: Storage, serviceOrigin: string) => {
  const fake = createFakeRuntime()
  const souk = createSouk({
    storage,
    authenticate: (request) => people[(request.headers.get('x-person') ?? 'eve') as Person],
    secrets: { current: { id: 'k1', key: KEY } },
    runtime: fake.runtime,
    sandbox: SANDBOX,
    connections: { egress: { developmentHosts: { [SERVICE_HOST]: serviceOrigin } } },
  })
  let keys = 0
  return {
    ...fake,
    call: (who: Person, installationId: string, args: string) =>
      souk.fetch(
        new Request(`${ORIGIN}/api/souk/installations/${installationId}/functions`, {
          method: 'POST',
          headers: { 'x-person': who, 'x-requested-with': 'test', 'content-type': 'application/json' },
          body: JSON.stringify({
            moduleHash: 'src/orders.server.ts#findOrders',
            args,
            idempotencyKey: `process-${++keys}`,
          }),
        }),
      ),
  }
}
