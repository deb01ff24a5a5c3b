import { expect, test } from 'vitest'
import {
  type ConnectionRecord,
  createMemoryStorage,
  type OAuthStateRecord,
  type Storage,
  StorageError,
} from '../storage'
import { storageConformance } from './storage-conformance'

/** Runs the suite against what `createStorage` makes. @returns The names of the cases that failed. */
const failures = async (createStorage: () => Storage): Promise<readonly string[]> => {
  const cases: [string, () => Promise<void>][] = []
  storageConformance({ test: (name, run) => cases.push([name, run]), createStorage })
  const failed: string[] = []
  for (const [name, run] of cases) await run().catch(() => failed.push(name))
  return failed
}

/** A memory storage in which one store has other methods. */
const faulty = <K extends Exclude<keyof Storage, 'close'>>(
  name: K,
  fault: (store: Storage[K], storage: Storage) => Partial<Storage[K]>,
): Storage => {
  const storage = createMemoryStorage()
  const store = storage[name]
  const methods = fault(store, storage)
  const patched = new Proxy<object>(store, {
    get: (target, key) => Reflect.get(methods, key) ?? Reflect.get(target, key),
  })
  // A proxy of the store with methods of the same types.
  return { ...storage, [name]: patched as Storage[K] }
}

// What an adapter that does not care returns.
const nothing = async () => undefined as never

const FAULTS: readonly [string, () => Storage, RegExp][] = [
  [
    'returns nothing from create',
    () => faulty('apps', (apps) => ({ create: (app) => apps.create(app).then(nothing) })),
    /an app comes back/,
  ],
  [
    'answers undefined instead of null',
    () => faulty('deployments', () => ({ latestPublished: nothing })),
    /latest published/,
  ],
  [
    'forgets the organization when it gets an installation',
    () => faulty('installations', (store) => ({ get: (_, id) => store.getForFrame(id) })),
    /another organization/,
  ],
  [
    'forgets the organization when it changes an installation',
    () =>
      faulty('installations', (store) => ({
        async change(_, id, expected, change) {
          const installation = await store.getForFrame(id)
          return installation ? store.change(installation.organizationId, id, expected, change) : null
        },
      })),
    /another organization/,
  ],
  [
    'forgets the organization in the log of function calls',
    () => {
      const organizations = new Map<string, string>()
      return faulty('functionCalls', (store) => ({
        record(call) {
          organizations.set(call.installationId, call.organizationId)
          return store.record(call)
        },
        list: (organizationId, id, page) => store.list(organizations.get(id) ?? organizationId, id, page),
      }))
    },
    /function calls are read/,
  ],
  [
    'forgets the organization when it looks for several apps',
    () => {
      const organizations = new Set<string>()
      return faulty('installations', (store) => ({
        create(installation, eventId) {
          organizations.add(installation.organizationId)
          return store.create(installation, eventId)
        },
        async findByApps(_, appIds) {
          return (await Promise.all([...organizations].map((id) => store.findByApps(id, appIds)))).flat()
        },
      }))
    },
    /several apps/,
  ],
  [
    'ignores which deployment a change expected',
    () =>
      faulty('installations', (store) => ({
        async change(organizationId, id, _, change) {
          const current = await store.get(organizationId, id)
          return current ? store.change(organizationId, id, current.currentDeploymentId, change) : null
        },
      })),
    /expected another deployment/,
  ],
  [
    'says that it wrote settings, and loses them',
    () =>
      faulty('settings', () => ({
        write: async (installationId, userId, _, writes) =>
          writes.flatMap(({ key, value, secret }) =>
            value === null ? [] : [{ installationId, userId, key, value, secret }],
          ),
      })),
    /settings keep their types/,
  ],
  [
    'replaces all settings instead of the named ones',
    () =>
      faulty('settings', (store) => ({
        async write(installationId, userId, deploymentId, writes) {
          const old = await store.list(installationId, userId)
          const removals = old.map(({ key, secret }) => ({ key, value: null, secret }))
          return store.write(installationId, userId, deploymentId, [...removals, ...writes])
        },
      })),
    /settings/,
  ],
  [
    "gives every user the organization's settings",
    () => faulty('settings', (store) => ({ list: (id) => store.list(id, null) })),
    /are apart/,
  ],
  [
    'checks whether an app is installed, and then installs it',
    () => {
      const seen = new Set<string>()
      return faulty('installations', (store) => ({
        async create(installation, eventId) {
          const key = `${installation.organizationId} ${installation.appId}`
          if (seen.has(key)) throw new Error('installed')
          await new Promise((resolve) => setTimeout(resolve, 1))
          seen.add(key)
          return store.create(installation, eventId).catch(() => installation)
        },
      }))
    },
    /installed once in an organization/,
  ],
  [
    'moves a deployment from any status',
    () =>
      faulty('deployments', (store) => ({
        move: async (id, move) => {
          const current = await store.get(id)
          return current ? store.move(id, { ...move, from: [current.status] }) : null
        },
      })),
    /a status that was not named/,
  ],
  [
    'forgets what the app derives from its deployments',
    () =>
      faulty('apps', (store) => ({
        get: async (id) => {
          const app = await store.get(id)
          return app && { ...app, publicationStatus: 'draft' }
        },
      })),
    /what the app derives/,
  ],
  [
    'repeats the last row of a page',
    () =>
      faulty('audit', (store) => ({
        list: async (organizationId, page) => {
          const { items, nextCursor } = await store.list(organizationId, page)
          return { items: nextCursor === null ? items : [...items, ...items.slice(-1)], nextCursor }
        },
      })),
    /the audit log/,
  ],
  [
    'takes any cursor',
    () =>
      faulty('apps', (store) => ({ searchCatalog: (query) => store.searchCatalog({ ...query, cursor: undefined }) })),
    /cursor|catalogue/,
  ],
  [
    'finds a revoked key',
    () => {
      const keys = new Map<string, never>()
      return faulty('apiKeys', (store) => ({
        async create(key) {
          keys.set(key.keyHash, key as never)
          return store.create(key)
        },
        findByHash: async (hash) => keys.get(hash) ?? null,
      }))
    },
    /until it is revoked/,
  ],
  [
    'serves server bundles by their hash',
    () => {
      const bundles = new Map<string, Uint8Array>()
      return faulty('bundles', (store) => ({
        async put(bundle, content) {
          const record = await store.put(bundle, content)
          bundles.set(bundle.sha256, Uint8Array.from(content))
          return record
        },
        clientContentByHash: async (sha256) => bundles.get(sha256) ?? null,
      }))
    },
    /a server bundle is not/,
  ],
  [
    'looks whether a quota holds, and then stores',
    () =>
      faulty('bundles', (store, storage) => {
        const sizes = new Map<string, number>()
        return {
          async put(bundle, content, quota) {
            const used = (await storage.bundles.find(bundle.appId, 'client', bundle.sha256)) ? 0 : bundle.sizeBytes
            const total = (sizes.get(bundle.appId) ?? 0) + used
            if (quota && total > quota.appBytes) throw new StorageError('QUOTA_EXCEEDED', 'Too much.')
            await new Promise((resolve) => setTimeout(resolve, 1))
            const stored = await store.put(bundle, content)
            sizes.set(bundle.appId, total)
            return stored
          },
        }
      }),
    /keep a quota/,
  ],
  [
    'keeps no quota',
    () => faulty('bundles', (store) => ({ put: (bundle, content) => store.put(bundle, content) })),
    /keep a quota/,
  ],
  [
    'removes young bundles as well',
    () => faulty('bundles', (store) => ({ removeUnused: () => store.removeUnused(new Date(8e15)) })),
    /removed once they are old/,
  ],
  [
    'forgets that the same bytes were sent again',
    () =>
      faulty('bundles', (store) => ({
        put: async (bundle, content, quota) =>
          (await store.find(bundle.appId, bundle.bundleType, bundle.sha256)) ?? store.put(bundle, content, quota),
      })),
    /sent again stay/,
  ],
  [
    'removes no bundle and says that it did',
    () => faulty('bundles', () => ({ removeUnused: async () => 2 })),
    /removed once they are old/,
  ],
  [
    'records an upgrade as one from nowhere',
    () =>
      faulty('installations', (store) => ({
        events: async (organizationId, id, page) => {
          const { items, nextCursor } = await store.events(organizationId, id, page)
          return { items: items.map((event) => ({ ...event, fromDeploymentId: null })), nextCursor }
        },
      })),
    /goes back to what an upgrade came from/,
  ],
  [
    'looks whether an app is uninstalled, and then brings it back',
    () =>
      faulty('installations', (store) => ({
        async change(organizationId, id, expected, change) {
          const current = await store.get(organizationId, id)
          if (change.type !== 'reinstalled' || !current?.uninstalledAt)
            return store.change(organizationId, id, expected, change)
          await new Promise((resolve) => setTimeout(resolve, 1))
          return (await store.change(organizationId, id, expected, change)) ?? current
        },
      })),
    /several reinstalls at once/,
  ],
  [
    'lets an uninstalled app be upgraded',
    () =>
      faulty('installations', (store) => ({
        async change(organizationId, id, expected, change) {
          const changed = await store.change(organizationId, id, expected, change)
          if (changed || change.type !== 'upgraded') return changed
          return store.change(organizationId, id, expected, { ...change, type: 'reinstalled' })
        },
      })),
    /only a reinstall brings it back/,
  ],
  [
    'turns pages by counting rows',
    () =>
      faulty('functionCalls', (store) => ({
        async list(organizationId, id, { cursor, limit }) {
          const all = (await store.list(organizationId, id, { limit: 100 })).items
          const start = Number(cursor ?? 0)
          const end = start + limit
          return { items: all.slice(start, end), nextCursor: all.length > end ? String(end) : null }
        },
      })),
    /while rows come/,
  ],
  [
    'turns pages of the catalogue by counting rows',
    () =>
      faulty('apps', (store) => ({
        async searchCatalog({ cursor, limit, ...query }) {
          const all = (await store.searchCatalog({ ...query, limit: 100 })).items
          const start = Number(cursor ?? 0)
          const end = start + limit
          return { items: all.slice(start, end), nextCursor: all.length > end ? String(end) : null }
        },
      })),
    /come, go and are renamed/,
  ],
  [
    'ranks a search by nothing',
    () =>
      faulty('apps', (store) => ({
        async searchCatalog(query) {
          const page = await store.searchCatalog({ ...query, cursor: undefined, limit: 100 })
          const items = page.items.toSorted((a, b) => (a.app.title < b.app.title ? -1 : 1))
          return { items, nextCursor: null }
        },
      })),
    /exact titles first/,
  ],
  [
    'replaces a secret that was written meanwhile',
    () =>
      faulty('settings', (store) => ({
        async replaceSecret(read, sealed) {
          const current = (await store.list(read.installationId, read.userId)).find(({ key }) => key === read.key)
          return current ? store.replaceSecret(current, sealed) : false
        },
      })),
    /replaced only as they were read/,
  ],
  [
    "forgets users' secrets in a rotation",
    () =>
      faulty('settings', (store) => ({
        async listSecrets(page) {
          const { items, nextCursor } = await store.listSecrets(page)
          return { items: items.filter(({ userId }) => userId === null), nextCursor }
        },
      })),
    /secrets are listed/,
  ],
  [
    'forgets the cursor of developerAccounts.listForUser',
    () =>
      faulty('developerAccounts', (store) => ({
        listForUser: (id, page) => store.listForUser(id, { ...page, cursor: undefined }),
      })),
    /developer accounts of a user are read page by page/,
  ],
  [
    'forgets the cursor of apiKeys.list',
    () => faulty('apiKeys', (store) => ({ list: (id, page) => store.list(id, { ...page, cursor: undefined }) })),
    /API keys of an account are read page by page/,
  ],
  [
    'forgets the cursor of developerAccounts.listMembers',
    () =>
      faulty('developerAccounts', (store) => ({
        listMembers: (id, page) => store.listMembers(id, { ...page, cursor: undefined }),
      })),
    /members of an account are read page by page/,
  ],
  [
    'forgets the cursor of invitations.list',
    () => faulty('invitations', (store) => ({ list: (id, page) => store.list(id, { ...page, cursor: undefined }) })),
    /invitations of an account are read page by page/,
  ],
  [
    'takes the last owner out without a word',
    () =>
      faulty('developerAccounts', (store) => ({
        removeMember: (accountId, userId, removal) => store.removeMember(accountId, userId, removal).catch(() => null),
      })),
    /owners who leave at once|last owner/,
  ],
  [
    'changes a role whatever it was',
    () =>
      faulty('developerAccounts', (store) => ({
        async changeRole(accountId, userId, change) {
          const from = await store.roleOf(accountId, userId)
          return from && store.changeRole(accountId, userId, { ...change, from })
        },
      })),
    /only from the one that was read/,
  ],
  [
    'accepts an invitation after its time',
    () =>
      faulty('invitations', (store) => ({
        accept: (id, userId) => store.accept(id, userId, new Date(0)),
      })),
    /from its last moment on/,
  ],
  [
    'approves a device login after its time',
    () =>
      faulty('deviceLogins', (store) => ({
        decide: (id, decision) => store.decide(id, { ...decision, at: new Date(0) }),
      })),
    /denied or expired/,
  ],
  [
    'lets a command line ask as often as it likes',
    () =>
      faulty('deviceLogins', (store) => ({
        async poll(hash, at) {
          const polled = await store.poll(hash, at)
          return polled && { ...polled, tooSoon: false }
        },
      })),
    /too soon/,
  ],
  [
    'makes a key for each who asks',
    () =>
      faulty('deviceLogins', (_, storage) => ({
        redeem: (_id, key) => storage.apiKeys.create(key),
      })),
    /one key/,
  ],
  [
    'forgets the cursor of apps.listForAccounts',
    () =>
      faulty('apps', (store) => ({
        listForAccounts: (id, page) => store.listForAccounts(id, { ...page, cursor: undefined }),
      })),
    /apps of accounts are read page by page/,
  ],
  [
    'forgets the cursor of deployments.list',
    () => faulty('deployments', (store) => ({ list: (id, page) => store.list(id, { ...page, cursor: undefined }) })),
    /deployments of an app are read page by page/,
  ],
  [
    'forgets the cursor of installations.listActive',
    () =>
      faulty('installations', (store) => ({
        listActive: (id, page) => store.listActive(id, { ...page, cursor: undefined }),
      })),
    /installations of an organization are read page by page/,
  ],
  [
    'rolls forward what is pinned',
    () =>
      faulty('installations', (store) => ({
        create: (installation, eventId) => store.create({ ...installation, channel: 'stable' }, eventId),
      })),
    /nobody else/,
  ],
  [
    'rolls forward whatever was granted',
    () => faulty('installations', (store) => ({ rollForward: (roll) => store.rollForward({ ...roll, scopes: [] }) })),
    /granted enough/,
  ],
  [
    'reaches everybody with every rollout',
    () => faulty('installations', (store) => ({ rollForward: (roll) => store.rollForward({ ...roll, percent: 100 }) })),
    /the two ids choose/,
  ],
  [
    'leaves the settings of the newer version after a rollback',
    () =>
      faulty('installations', (store) => ({
        change: (organizationId, id, expected, change) =>
          store.change(organizationId, id, expected, {
            ...change,
            type: change.type === 'rolled-back' ? 'upgraded' : change.type,
          }),
      })),
    /finds every setting as the older/,
  ],
  [
    'offers a rollout to everybody',
    () =>
      faulty('deployments', (store) => ({
        latestPublished: async (appId) => (await store.rolling(appId)) ?? store.latestPublished(appId),
      })),
    /offered when it reaches everybody/,
  ],
  [
    'resumes a rollout that was halted without being told to',
    () =>
      faulty('deployments', (store) => ({
        raiseRollout: (id, raise) => store.raiseRollout(id, { ...raise, resume: true }),
      })),
    /offered to nobody until/,
  ],
  [
    'shows every entry of the audit log to everybody',
    () => faulty('audit', (store) => ({ list: (_, request) => store.list({ type: 'platform' }, request) })),
    /developer account is its own/,
  ],
  [
    'counts every failure of a deployment, whatever its code',
    () =>
      faulty('functionCalls', (store) => ({
        tally: (id, since, codes) => store.tally(id, since, [...codes, 'INVALID_INPUT']),
      })),
    /are counted over every organization/,
  ],
  [
    'ignores the tag',
    () => faulty('apps', (store) => ({ searchCatalog: ({ tag: _, ...query }) => store.searchCatalog(query) })),
    /narrowed by a tag/,
  ],
  [
    'forgets the channel of a change',
    () =>
      faulty('installations', (store) => ({
        change: (organizationId, id, expected, change) =>
          store.change(organizationId, id, expected, { ...change, channel: 'stable' }),
      })),
    /change of the channel/,
  ],
  [
    'says that it rolled forward, and did not',
    () => faulty('installations', () => ({ rollForward: async () => [] })),
    /roll forward together/,
  ],
  [
    'takes back what the platform decided and did not name',
    () =>
      faulty('apps', (store) => ({
        updateTrust: (id, trust) => store.updateTrust(id, { autoApprove: false, verified: false, ...trust }),
      })),
    /platform decides/,
  ],
  [
    'shows connections to every organization',
    () => {
      const all = new Map<string, ConnectionRecord>()
      return faulty('connections', (store) => ({
        create: async (connection) => {
          all.set(connection.id, connection)
          return store.create(connection)
        },
        get: async (_, id) => all.get(id) ?? null,
      }))
    },
    /to its organization only/,
  ],
  [
    'lets everybody who asks renew a connection',
    () => faulty('connections', () => ({ claim: async () => true })),
    /of many who claim/,
  ],
  [
    'changes a connection whatever was read',
    () =>
      faulty('connections', (store) => ({
        change: async (organizationId, id, _, change) => {
          const current = await store.get(organizationId, id)
          return current && store.change(organizationId, id, current.revision, change)
        },
      })),
    /only at the revision/,
  ],
  [
    'gives a state twice',
    () => {
      const states = new Map<string, OAuthStateRecord>()
      return faulty('connections', (store) => ({
        putState: async (state) => {
          states.set(state.stateHash, state)
          await store.putState(state)
        },
        takeState: async (hash, now) => {
          const state = states.get(hash)
          return state && state.expiresAt > now ? state : null
        },
      }))
    },
    /a state is taken once/,
  ],
  [
    'looks whether there is a value, and then writes',
    () =>
      faulty('values', (store) => ({
        async set(value, condition, quota, now) {
          const current = await store.get(value, now)
          if (condition && 'ifAbsent' in condition && current) return false
          if (condition && 'ifEquals' in condition && current?.value !== condition.ifEquals) return false
          return store.set(value, undefined, quota, now)
        },
      })),
    /one does/,
  ],
  [
    'keeps no quota of values',
    () =>
      faulty('values', (store) => ({
        set: (value, condition, _, now) => store.set(value, condition, { bytes: 1e9, values: 1e9 }, now),
      })),
    /quota of bytes/,
  ],
  [
    'keeps values for ever',
    () => faulty('values', (store) => ({ get: (place) => store.get(place, new Date(0)) })),
    /time is over/,
  ],
  [
    'lets a follower pass what is not settled',
    () => faulty('functionCalls', (store) => ({ follow: (id, page) => store.follow(id, page, new Date(8e15)) })),
    /none is lost/,
  ],
  [
    'shows the calls of every app to a follower',
    () => {
      const apps = new Set<string>()
      return faulty('functionCalls', (store) => ({
        async follow(appId, page, settled) {
          apps.add(appId)
          const others = await Promise.all([...apps].map((id) => store.follow(id, page, settled)))
          const own = await store.follow(appId, page, settled)
          return { ...own, items: others.flatMap(({ items }) => items).slice(1) }
        },
      }))
    },
    /followed in the order|found by function/,
  ],
  [
    'removes every call of a function',
    () => faulty('functionCalls', (store) => ({ removeBefore: () => store.removeBefore(new Date(8e15)) })),
    /young ones are not/,
  ],
  [
    'sorts events by their times',
    () =>
      faulty('installations', (store) => ({
        async events(organizationId, id, page) {
          const { items, nextCursor } = await store.events(organizationId, id, page)
          return { items: items.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()), nextCursor }
        },
      })),
    /the last recorded first/,
  ],
]

test('the memory storage passes, and every case ran', async () => {
  expect(await failures(createMemoryStorage)).toEqual([])
})

test.each(FAULTS)('a storage that %s fails', async (_, createStorage, expected) => {
  expect(await failures(createStorage)).toContainEqual(expect.stringMatching(expected))
})
