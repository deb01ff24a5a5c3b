import { createHash } from 'node:crypto'
import type { Storage } from '@souk/server-adapter/storage'
import type { DataSet } from './data-sets'
import { appOfInstallation, CATEGORY, COMMON_WORD, hashOf, idOf, organizationOf, publishedOf, rareWord } from './load'

/** One call of the storage on a row of its own each time: `n` grows, and is spread over the data set. */
export type Operation = (storage: Storage, set: DataSet, n: number) => Promise<unknown>

// A step that meets every row before it meets one twice.
const spread = (n: number, count: number): number => (n * 7_919 + 13) % count
const appOf = (n: number, set: DataSet): number => {
  const app = spread(n, set.apps)
  return app % 10 === 0 ? (app + 1) % set.apps : app
}
const installationOf = (n: number, set: DataSet): number => {
  const index = spread(n, set.installations)
  return index % 20 === 19 ? index - 1 : index
}
const inst = (index: number) => idOf('inst', index)
const org = (index: number, set: DataSet) => idOf('org', organizationOf(index, set))
const deploymentOf = (index: number, set: DataSet) => idOf('dep', publishedOf(appOfInstallation(index, set), set))
/** No two runs write under the same id. */
const newId = (n: number): string => `new-${process.pid}-${n}`
const page = { limit: 24 }

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'developerAccounts.get': (s, set, n) => s.developerAccounts.get(idOf('acc', spread(n, set.accounts))),
  'developerAccounts.listForUser': (s, set, n) =>
    s.developerAccounts.listForUser(idOf('user', spread(n, set.accounts)), page),
  'developerAccounts.roleOf': (s, set, n) =>
    s.developerAccounts.roleOf(idOf('acc', spread(n, set.accounts)), idOf('user', spread(n, set.accounts))),
  'apiKeys.findByHash': (s, set, n) => s.apiKeys.findByHash(idOf('hash', spread(n, set.accounts))),
  'apiKeys.list': (s, set, n) => s.apiKeys.list(idOf('acc', spread(n, set.accounts)), page),
  'apps.get': (s, set, n) => s.apps.get(idOf('app', appOf(n, set))),
  'apps.getBySlug': (s, set, n) => s.apps.getBySlug(idOf('app', appOf(n, set))),
  'apps.listForAccounts': (s, set, n) => s.apps.listForAccounts([idOf('acc', spread(n, set.accounts))], page),
  'apps.updateListing': (s, set, n) => s.apps.updateListing(idOf('app', appOf(n, set)), { overview: `Overview ${n}` }),
  'apps.searchCatalog (first page)': (s, set, n) => s.apps.searchCatalog({ ...page, organizationId: org(n, set) }),
  'apps.searchCatalog (category)': (s, set, n) =>
    s.apps.searchCatalog({ ...page, organizationId: org(n, set), category: CATEGORY }),
  'apps.searchCatalog (a word of one app)': (s, set, n) =>
    s.apps.searchCatalog({ ...page, organizationId: org(n, set), search: rareWord(appOf(n, set)) }),
  'apps.searchCatalog (a word of one in ten apps)': (s, set, n) =>
    s.apps.searchCatalog({ ...page, organizationId: org(n, set), search: COMMON_WORD }),
  'apps.catalogEntry': (s, set, n) => s.apps.catalogEntry(org(n, set), idOf('app', appOf(n, set))),
  'bundles.get': (s, set, n) => s.bundles.get(idOf('bun', spread(n, set.deployments))),
  'bundles.find': (s, set, n) => {
    const app = appOf(n, set)
    return s.bundles.find(idOf('app', app), 'client', hashOf(publishedOf(app, set)))
  },
  'bundles.content': (s, set, n) => s.bundles.content(idOf('bun', spread(n, set.deployments))),
  'bundles.clientContentByHash': (s, set, n) => s.bundles.clientContentByHash(hashOf(spread(n, set.deployments))),
  'bundles.put (the same bytes again)': (s, set, n) => {
    const content = new TextEncoder().encode(`bench ${n % 10}`)
    return s.bundles.put(
      {
        id: newId(n),
        appId: idOf('app', appOf(n % 10, set)),
        bundleType: 'client',
        sha256: createHash('sha256').update(content).digest('hex'),
        sizeBytes: content.byteLength,
        createdAt: new Date(),
      },
      content,
      { appBytes: 512 * 1024 * 1024 },
    )
  },
  'bundles.removeUnused': (s) => s.bundles.removeUnused(new Date(0)),
  'deployments.get': (s, set, n) => s.deployments.get(idOf('dep', publishedOf(appOf(n, set), set))),
  'deployments.list': (s, set, n) => s.deployments.list(idOf('app', appOf(n, set)), page),
  'deployments.latestPublished': (s, set, n) => s.deployments.latestPublished(idOf('app', appOf(n, set))),
  'deployments.listForReview': (s) => s.deployments.listForReview(page),
  'deployments.move': async (s, set, n) => {
    const id = idOf('dep', publishedOf(appOf(n, set), set))
    const moved = await s.deployments.move(id, { to: 'deprecated', from: ['published'] })
    return moved && s.deployments.move(id, { to: 'published', from: ['deprecated'] })
  },
  'installations.create': (s, set, n) => {
    const app = appOf(n, set)
    return s.installations.create(
      {
        id: newId(n),
        appId: idOf('app', app),
        organizationId: newId(n),
        currentDeploymentId: idOf('dep', publishedOf(app, set)),
        grantedScopes: ['tickets:read'],
        grantedEgress: [],
        installedBy: 'ada',
        channel: 'stable',
        installedAt: new Date(),
        uninstalledAt: null,
      },
      newId(n),
    )
  },
  'installations.get': (s, set, n) => {
    const index = installationOf(n, set)
    return s.installations.get(org(index, set), inst(index))
  },
  'installations.getForFrame': (s, set, n) => s.installations.getForFrame(inst(installationOf(n, set))),
  'installations.findByApp': (s, set, n) => {
    const index = installationOf(n, set)
    return s.installations.findByApp(org(index, set), idOf('app', appOfInstallation(index, set)))
  },
  'installations.listActive': (s, set, n) => s.installations.listActive(org(installationOf(n, set), set), page),
  'installations.change': (s, set, n) => {
    const index = installationOf(n, set)
    const deploymentId = deploymentOf(index, set)
    return s.installations.change(org(index, set), inst(index), deploymentId, {
      eventId: newId(n),
      type: 'upgraded',
      deploymentId,
      grantedScopes: ['tickets:read'],
      grantedEgress: [],
      actorId: 'ada',
      at: new Date(),
      channel: 'stable',
    })
  },
  'installations.events': (s, set, n) => {
    const index = installationOf(n, set)
    return s.installations.events(org(index, set), inst(index), page)
  },
  'settings.list (organization)': (s, set, n) => s.settings.list(inst(installationOf(n, set)), null),
  'settings.list (user)': (s, set, n) => s.settings.list(inst(installationOf(n, set)), 'ada'),
  'settings.write': (s, set, n) => {
    const index = installationOf(n, set)
    return s.settings.write(inst(index), null, deploymentOf(index, set), [
      { key: 'setting.2', value: `value ${n}`, secret: false },
    ])
  },
  'settings.listSecrets': (s) => s.settings.listSecrets(page),
  'functionCalls.record': (s, set, n) => {
    const index = installationOf(n, set)
    return s.functionCalls.record({
      id: newId(n),
      installationId: inst(index),
      deploymentId: deploymentOf(index, set),
      organizationId: org(index, set),
      functionId: 'src/a.server.ts#f',
      userId: 'ada',
      outcome: 'ok',
      errorCode: null,
      durationMs: 12,
      logs: [],
      createdAt: new Date(),
      traceId: 'trace',
      argumentBytes: 2,
      resultBytes: 2,
    })
  },
  'functionCalls.list': (s, set, n) => {
    const index = spread(n, Math.max(1, Math.floor(set.functionCalls / 50)))
    return s.functionCalls.list(org(index, set), inst(index), page)
  },
  'audit.append': (s, set, n) =>
    s.audit.append({
      id: newId(n),
      organizationId: org(n, set),
      developerAccountId: null,
      changes: {},
      actorId: 'ada',
      action: 'x',
      resourceType: 'x',
      resourceId: 'x',
      createdAt: new Date(),
    }),
  'audit.list': (s, set, n) => s.audit.list({ type: 'organization', id: org(spread(n, set.organizations), set) }, page),
}

/** Those that answer with no row would measure nothing: what must not come back empty. */
export const isEmpty = (answer: unknown): boolean =>
  answer === null ||
  (Array.isArray(answer) && answer.length === 0) ||
  (typeof answer === 'object' && 'items' in answer && Array.isArray(answer.items) && answer.items.length === 0)
