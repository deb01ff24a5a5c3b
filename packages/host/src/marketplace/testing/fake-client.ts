import type { SoukClient } from '../../api/souk-client'
import { HostError } from '../../host-error'
import {
  admin,
  apps,
  connections,
  developerAccounts,
  deviceLogin,
  events,
  firstConnection,
  installation,
  orderLookup,
  organizationSettings,
  userSettings,
  versions,
} from './fixtures'

/** A client for tests that answers from fixtures; each test replaces the answers it is about. */
export const createFakeClient = (answers: Partial<SoukClient> = {}): SoukClient => {
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const client: SoukClient = {
    me: async () => admin,
    catalog: async () => ({ items: apps, nextCursor: null }),
    catalogApp: async () => orderLookup,
    catalogVersions: async () => ({ items: versions, nextCursor: null }),
    extensions: async () => [],
    installations: async () => ({ items: [installation], nextCursor: null }),
    installation: async () => installation,
    install: async () => installation,
    upgrade: async () => installation,
    rollback: async () => installation,
    moveToChannel: async () => installation,
    uninstall: async () => installation,
    events: async () => ({ items: events, nextCursor: null }),
    settings: async (_id, scope) => (scope === 'user' ? userSettings : organizationSettings),
    saveSettings: async () => organizationSettings,
    connections: async () => connections,
    connect: async () => ({ connection: firstConnection, authorizationUrl: null }),
    testConnection: async () => firstConnection,
    disconnect: async () => firstConnection,
    callFunctionWithFiles: () =>
      Promise.reject(new HostError('FUNCTION_NOT_FOUND', 'The fake client has no functions.')),
    callFunction: () => Promise.reject(new HostError('FUNCTION_NOT_FOUND', 'The fake client has no functions.')),
    developerAccounts: async () => ({ items: developerAccounts, nextCursor: null }),
    deviceLogin: async () => deviceLogin,
    approveDeviceLogin: async () => ({ ...deviceLogin, status: 'approved' }),
    denyDeviceLogin: async () => ({ ...deviceLogin, status: 'denied' }),
    request: () => Promise.reject(new HostError('NOT_FOUND', 'The fake client answers what has a method alone.')),
    change: () => Promise.reject(new HostError('NOT_FOUND', 'The fake client answers what has a method alone.')),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...answers,
  }
  const CHANGES = [
    'install',
    'upgrade',
    'rollback',
    'moveToChannel',
    'uninstall',
    'saveSettings',
    'connect',
    'disconnect',
  ] as const
  for (const name of CHANGES) {
    // Each change keeps its own type: it is called with what it was given.
    const change = client[name] as (...args: unknown[]) => Promise<unknown>
    Object.assign(client, {
      [name]: async (...args: unknown[]) => {
        const answer = await change(...args)
        tell()
        return answer
      },
    })
  }
  return client
}
