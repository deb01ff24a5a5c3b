import assert from 'node:assert/strict'
import type { PageOf, PageRequest } from '../../storage'
import { allPages, makeApp, makeDeployment, makeInstallation, refuses, type StorageCases } from '../storage-case'
import {
  at,
  newId,
  sampleAccount,
  sampleApp,
  sampleChange,
  sampleInstallation,
  sampleInvitation,
  sampleKey,
} from '../storage-fixtures'

// Two at the same moment, and one that was added late but is older.
const TIMES = [20, 20, 10, 30, 20]

/** The ids of `made` in the order of their times; of equal times, in the order they were added. */
const oldestFirst = (made: readonly { readonly id: string }[]): readonly string[] =>
  made
    .map(({ id }, index) => ({ id, time: TIMES[index] ?? 0, index }))
    .sort((a, b) => a.time - b.time || a.index - b.index)
    .map(({ id }) => id)

type Read = (page: PageRequest) => Promise<PageOf<{ readonly id: string }>>

/** Every page size gives the same rows in the same order, and a cursor of another list is refused. */
const isPaged = async (read: Read, expected: readonly string[]): Promise<void> => {
  for (const limit of [1, 2, 5, 50]) {
    const rows = await allPages((cursor) => read({ limit, cursor }))
    assert.deepEqual(
      rows.map(({ id }) => id),
      expected,
    )
  }
  assert.equal((await read({ limit: 2 })).items.length, 2)
  await refuses('INVALID_CURSOR', read({ limit: 2, cursor: 'eyJsaXN0Ijoib3RoZXIiLCJrZXkiOlsxLDFdfQ' }))
  await refuses('INVALID_CURSOR', read({ limit: 2, cursor: 'nonsense' }))
}

export const pageCases: StorageCases = {
  'developer accounts of a user are read page by page, the oldest first': async (storage) => {
    const user = newId()
    const made = []
    for (const time of TIMES)
      made.push(await storage.developerAccounts.create(sampleAccount({ createdAt: at(time) }), user))
    await storage.developerAccounts.create(sampleAccount(), newId())
    await isPaged((page) => storage.developerAccounts.listForUser(user, page), oldestFirst(made))
  },

  'API keys of an account are read page by page, the oldest first': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const made = []
    for (const time of TIMES) made.push(await storage.apiKeys.create(sampleKey(account.id, { createdAt: at(time) })))
    await isPaged((page) => storage.apiKeys.list(account.id, page), oldestFirst(made))
  },

  'API keys of a user are read page by page, the oldest first': async (storage) => {
    const userId = newId()
    const account = await storage.developerAccounts.create(sampleAccount(), userId)
    const made = []
    for (const time of TIMES)
      made.push(await storage.apiKeys.create(sampleKey(account.id, { userId, createdAt: at(time) })))
    await isPaged((page) => storage.apiKeys.listForUser(userId, page), oldestFirst(made))
  },

  'invitations of an account are read page by page, the newest first': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const made = []
    for (const time of TIMES)
      made.push(await storage.invitations.create(sampleInvitation(account.id, { createdAt: at(time) })))
    await isPaged((page) => storage.invitations.list(account.id, page), oldestFirst(made).toReversed())
  },

  'members of an account are read page by page, by user id': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), 'm')
    for (const userId of ['b', 'Z', 'ä', 'a']) {
      const { id } = await storage.invitations.create(sampleInvitation(account.id, { userId }))
      await storage.invitations.accept(id, userId, at())
    }
    await isPaged(
      async (page) => {
        const { items, nextCursor } = await storage.developerAccounts.listMembers(account.id, page)
        return { items: items.map(({ userId }) => ({ id: userId })), nextCursor }
      },
      ['Z', 'a', 'b', 'm', 'ä'],
    )
  },

  'apps of accounts are read page by page, the oldest first': async (storage) => {
    const one = await storage.developerAccounts.create(sampleAccount(), newId())
    const two = await storage.developerAccounts.create(sampleAccount(), newId())
    const made = []
    for (const [index, time] of TIMES.entries())
      made.push(await storage.apps.create(sampleApp(index % 2 ? one.id : two.id, { createdAt: at(time) })))
    await makeApp(storage)
    await isPaged((page) => storage.apps.listForAccounts([one.id, two.id], page), oldestFirst(made))
    assert.deepEqual(await storage.apps.listForAccounts([], { limit: 5 }), { items: [], nextCursor: null })
  },

  'deployments of an app are read page by page, the newest first': async (storage) => {
    const app = await makeApp(storage)
    const made = []
    for (const [index, time] of TIMES.entries())
      made.push(await makeDeployment(storage, app.id, { version: `${index}.0.0`, createdAt: at(time) }))
    await makeDeployment(storage, (await makeApp(storage)).id)
    await isPaged((page) => storage.deployments.list(app.id, page), [...oldestFirst(made)].reverse())
  },

  'installations of an organization are read page by page, the oldest first, without the uninstalled': async (
    storage,
  ) => {
    const organizationId = newId()
    const made = []
    for (const time of TIMES) {
      const deployment = await makeDeployment(storage, (await makeApp(storage)).id)
      const installation = sampleInstallation(deployment, organizationId, { installedAt: at(time) })
      made.push(await storage.installations.create(installation, newId()))
    }
    const { first, installation } = await makeInstallation(storage, organizationId)
    const gone = sampleChange('uninstalled', first.id)
    await storage.installations.change(organizationId, installation.id, first.id, gone)
    await makeInstallation(storage)
    await isPaged((page) => storage.installations.listActive(organizationId, page), oldestFirst(made))
  },

  'events of an installation are read page by page, the last recorded first, whatever its time': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    const deployments = [first.id, second.id]
    const recorded: string[] = []
    for (const [index, time] of TIMES.entries()) {
      const change = sampleChange('upgraded', deployments[(index + 1) % 2] ?? '', { at: at(time) })
      await storage.installations.change(organizationId, id, deployments[index % 2] ?? '', change)
      recorded.push(change.eventId)
    }
    const all = (await storage.installations.events(organizationId, id, { limit: 50 })).items
    assert.equal(all.at(-1)?.type, 'installed')
    const expected = [...recorded.reverse(), all.at(-1)?.id ?? '']
    await isPaged((page) => storage.installations.events(organizationId, id, page), expected)
    const { nextCursor } = await storage.installations.events(organizationId, id, { limit: 2 })
    const foreign = await storage.installations.events(newId(), id, { limit: 2, cursor: nextCursor ?? undefined })
    assert.deepEqual(foreign, { items: [], nextCursor: null })
  },
}
