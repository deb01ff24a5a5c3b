import type { AppValueRecord } from '../records'
import type { ValuePlace, ValueStore } from '../storage'
import { StorageError } from '../storage-error'
import { ensure, keyOf, type Tables } from './tables'
import { takePage } from './take-page'

export const createMemoryValues = (tables: Tables): ValueStore => {
  const keyAt = ({ installationId, connectionId, collection, key }: ValuePlace) =>
    keyOf(installationId, connectionId, collection, key)
  const isThere = ({ expiresAt }: AppValueRecord, now: Date) => expiresAt === null || expiresAt > now
  const find = (place: ValuePlace, now: Date) => {
    const row = tables.values.get(keyAt(place))
    return row && isThere(row, now) ? row : undefined
  }

  return {
    async get(place, now) {
      return structuredClone(find(place, now) ?? null)
    },
    async set(value, condition, quota, now) {
      ensure(tables.installations.has(value.installationId), `There is no installation ${value.installationId}.`)
      ensure(
        value.connectionId === '' ||
          tables.connections.get(value.connectionId)?.installationId === value.installationId,
        `There is no connection ${value.connectionId} of the installation.`,
      )
      const current = find(value, now)
      if (condition && 'ifAbsent' in condition && current) return false
      if (condition && 'ifEquals' in condition && current?.value !== condition.ifEquals) return false
      const at = keyAt(value)
      const others = [...tables.values].filter(
        ([key, row]) => key !== at && row.installationId === value.installationId && isThere(row, now),
      )
      const bytes = [...others.map(([, row]) => row), value].reduce((total, row) => total + valueBytes(row), 0)
      if (bytes > quota.bytes || others.length + 1 > quota.values) throw quotaExceeded(bytes, others.length + 1)
      tables.values.set(at, structuredClone(value))
      return true
    },
    async remove(place, now) {
      const was = find(place, now) !== undefined
      tables.values.delete(keyAt(place))
      return was
    },
    async list({ installationId, connectionId, collection, prefix }, now, page) {
      const rows = [...tables.values.values()].filter(
        (row) =>
          row.installationId === installationId &&
          row.connectionId === connectionId &&
          row.collection === collection &&
          row.key.startsWith(prefix) &&
          isThere(row, now),
      )
      return takePage(
        'values',
        ['string'],
        rows.map((item) => ({ key: [item.key], item })),
        page,
      )
    },
    async removeExpired(now) {
      const expired = [...tables.values].filter(([, row]) => !isThere(row, now))
      for (const [at] of expired) tables.values.delete(at)
      return expired.length
    },
  }
}

const valueBytes = ({ key, value }: AppValueRecord): number => Buffer.byteLength(key) + Buffer.byteLength(value)

const quotaExceeded = (bytes: number, values: number): StorageError =>
  new StorageError('QUOTA_EXCEEDED', `The values of the app here would be ${values}, of ${bytes} bytes together.`)
