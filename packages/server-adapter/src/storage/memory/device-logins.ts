import type { DeviceLoginStore } from '../storage'
import { insertApiKey } from './accounts'
import { ensure, insert, type Tables } from './tables'

const HOUR_MS = 3_600_000

export const createMemoryDeviceLogins = (tables: Tables): DeviceLoginStore => ({
  async create(login) {
    for (const { id, expiresAt } of tables.deviceLogins.values())
      if (expiresAt.getTime() <= login.createdAt.getTime() - HOUR_MS) tables.deviceLogins.delete(id)
    ensure(
      ![...tables.deviceLogins.values()].some(
        (other) => other.deviceCodeHash === login.deviceCodeHash || other.userCodeHash === login.userCodeHash,
      ),
      'There is already a login with this code.',
    )
    insert(tables.deviceLogins, login, 'a device login')
    return structuredClone(login)
  },
  async findByUserCode(hash) {
    return structuredClone([...tables.deviceLogins.values()].find(({ userCodeHash }) => userCodeHash === hash) ?? null)
  },
  async decide(id, { status, userId, developerAccountId, at }) {
    const login = tables.deviceLogins.get(id)
    if (login?.status !== 'pending' || login.expiresAt <= at) return null
    const decided = { ...login, status, userId, developerAccountId }
    tables.deviceLogins.set(id, decided)
    return structuredClone(decided)
  },
  async poll(hash, at) {
    const login = [...tables.deviceLogins.values()].find(({ deviceCodeHash }) => deviceCodeHash === hash)
    if (!login) return null
    const tooSoon =
      login.lastPolledAt !== null && at.getTime() < login.lastPolledAt.getTime() + login.intervalSeconds * 1000
    const polled = { ...login, lastPolledAt: at, intervalSeconds: login.intervalSeconds + (tooSoon ? 5 : 0) }
    tables.deviceLogins.set(login.id, polled)
    return { login: structuredClone(polled), tooSoon }
  },
  async redeem(id, key) {
    const login = tables.deviceLogins.get(id)
    if (login?.status !== 'approved') return null
    const made = insertApiKey(tables, key)
    tables.deviceLogins.set(id, { ...login, status: 'used' })
    return made
  },
})
