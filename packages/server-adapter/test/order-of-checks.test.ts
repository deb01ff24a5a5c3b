import { expect, test } from 'vitest'
import { createMemoryStorage, type Storage } from '../src/storage'
import { createInstalledWorld, type Person } from './support/create-world'

/** Everything that can be wrong with a call, in the order in which it is said. */
const FAULTS = [
  ['session', 'UNAUTHENTICATED'],
  ['organization', 'NOT_FOUND'],
  ['uninstalled', 'APP_NOT_INSTALLED'],
  ['deployment', 'DEPLOYMENT_NOT_RUNNABLE'],
  ['function', 'FUNCTION_NOT_FOUND'],
  ['scopes', 'CONSENT_REQUIRED'],
  ['arguments', 'INVALID_INPUT'],
  ['rate', 'RATE_LIMITED'],
  ['configuration', 'NOT_CONFIGURED'],
] as const

type Fault = (typeof FAULTS)[number][0]

/** A storage whose rows are as bad as the faults say, and which tells when code of an app is read. */
const createFaultyStorage = () => {
  const inner = createMemoryStorage()
  const faults = new Set<Fault>()
  let isCodeRead = false
  const patch = <T extends object>(store: T, methods: Partial<T>): T =>
    new Proxy(store, { get: (target, key) => Reflect.get(methods, key) ?? Reflect.get(target, key) })
  const storage: Storage = {
    ...inner,
    installations: patch(inner.installations, {
      async get(organizationId, id) {
        const row = await inner.installations.get(organizationId, id)
        return (
          row && {
            ...row,
            ...(faults.has('uninstalled') ? { uninstalledAt: new Date() } : {}),
            ...(faults.has('scopes') ? { grantedScopes: [] } : {}),
          }
        )
      },
    }),
    deployments: patch(inner.deployments, {
      async get(id) {
        const row = await inner.deployments.get(id)
        return row && (faults.has('deployment') ? { ...row, status: 'rejected' } : row)
      },
    }),
    settings: patch(inner.settings, {
      list: async (id, userId) => (faults.has('configuration') ? [] : inner.settings.list(id, userId)),
    }),
    bundles: patch(inner.bundles, {
      content(id) {
        isCodeRead = true
        return inner.bundles.content(id)
      },
    }),
  }
  return { storage, faults, isCodeRead: () => isCodeRead }
}

test('with everything wrong the first refusal is said, and with each put right the next, before any code of the app is read', async () => {
  const { storage, faults, isCodeRead } = createFaultyStorage()
  const take = () => (faults.has('rate') ? { ok: false as const, retryAfterSeconds: 7 } : { ok: true as const })
  const world = await createInstalledWorld({
    storage,
    options: { rateLimits: { functionCalls: { take }, requests: { take: () => ({ ok: true }) } } },
  })
  let keys = 0
  const call = () => {
    const who: Person | null = faults.has('session') ? null : faults.has('organization') ? 'bea' : 'max'
    return world.send(who, `POST /installations/${world.installation.id}/functions`, {
      body: {
        moduleHash: `src/orders.server.ts#${faults.has('function') ? 'inner' : 'findOrders'}`,
        args: faults.has('arguments') ? 'no JSON' : '["x"]',
        idempotencyKey: `key-${++keys}`,
      },
    })
  }
  for (const [fault] of FAULTS) faults.add(fault)
  const said: unknown[] = []
  for (const [fault] of FAULTS) {
    said.push((await call()).body.code)
    faults.delete(fault)
  }
  expect(said).toEqual(FAULTS.map(([, code]) => code))
  expect(world.calls).toEqual([])
  expect(isCodeRead()).toBe(false)
  // Nothing is wrong any more.
  expect(await call()).toMatchObject({ status: 200 })
  expect(world.calls.length).toBe(1)
})

test.each(FAULTS.map(([fault, code]) => [fault, code] as const))(
  'a call with nothing wrong but its %s is refused as %s',
  async (fault, code) => {
    const { storage, faults, isCodeRead } = createFaultyStorage()
    const world = await createInstalledWorld({
      storage,
      options: {
        rateLimits: {
          functionCalls: { take: () => (fault === 'rate' ? { ok: false, retryAfterSeconds: 7 } : { ok: true }) },
          requests: { take: () => ({ ok: true }) },
        },
      },
    })
    faults.add(fault)
    const who: Person | null = fault === 'session' ? null : fault === 'organization' ? 'bea' : 'max'
    const answer = await world.send(who, `POST /installations/${world.installation.id}/functions`, {
      body: {
        moduleHash: `src/orders.server.ts#${fault === 'function' ? 'inner' : 'findOrders'}`,
        args: fault === 'arguments' ? 'no JSON' : '[]',
        idempotencyKey: 'k',
      },
    })
    expect(answer.body.code).toBe(code)
    expect(world.calls).toEqual([])
    expect(isCodeRead()).toBe(false)
  },
)
