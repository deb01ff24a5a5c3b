import type { InstallationRecord } from '../records'
import { isInRollout } from '../rollout-bucket'
import type { InstallationStore, SettingStore } from '../storage'
import { ensure, insert, type KeptSetting, keyOf, type StoredSetting, type Tables } from './tables'
import { takePage } from './take-page'

export const createMemoryInstallations = (tables: Tables): InstallationStore => {
  const find = (organizationId: string, id: string): InstallationRecord | null => {
    const installation = tables.installations.get(id)
    return installation?.organizationId === organizationId ? installation : null
  }
  const belongs = (deploymentId: string, appId: string): boolean =>
    tables.deployments.get(deploymentId)?.appId === appId

  const count = (appId: string): void => {
    const app = tables.apps.get(appId)
    const active = [...tables.installations.values()].filter((row) => row.appId === appId && row.uninstalledAt === null)
    if (app) tables.apps.set(appId, { ...app, installCount: active.length })
  }

  const stableAt = (deploymentId: string) =>
    [...tables.installations.values()]
      .map((item, index) => ({ key: [item.installedAt.getTime(), index], item }))
      .filter(
        ({ item }) =>
          item.currentDeploymentId === deploymentId && item.channel === 'stable' && item.uninstalledAt === null,
      )

  const restoreSettings = (installationId: string, replacedBy: string): void => {
    for (const [at, row] of tables.keptSettings) {
      if (row.installationId !== installationId || row.replacedBy !== replacedBy) continue
      const current = keyOf(installationId, row.userId, row.key)
      tables.keptSettings.delete(at)
      tables.settings.delete(current)
      tables.settingNumbers.delete(current)
      const number = tables.settingNumbers.get(at)
      tables.settingNumbers.delete(at)
      if (!row.kept || number === undefined) continue
      tables.settings.set(current, row.kept)
      tables.settingNumbers.set(current, number)
    }
  }

  return {
    async create(installation, eventId) {
      const { appId, organizationId, currentDeploymentId } = installation
      ensure(belongs(currentDeploymentId, appId), `The deployment ${currentDeploymentId} is not one of app ${appId}.`)
      ensure(
        ![...tables.installations.values()].some(
          (other) => other.appId === appId && other.organizationId === organizationId,
        ),
        'The app has an installation in this organization already. Change that one.',
      )
      ensure(!tables.installationEvents.has(eventId), `There is already an event with the id ${eventId}.`)
      insert(tables.installations, installation, 'an installation')
      tables.installationEvents.set(
        eventId,
        structuredClone({
          id: eventId,
          installationId: installation.id,
          type: 'installed',
          fromDeploymentId: null,
          toDeploymentId: currentDeploymentId,
          grantedScopes: installation.grantedScopes,
          grantedEgress: installation.grantedEgress,
          actorId: installation.installedBy,
          createdAt: installation.installedAt,
        }),
      )
      count(appId)
      return structuredClone(installation)
    },
    async get(organizationId, id) {
      return structuredClone(find(organizationId, id))
    },
    async getForFrame(id) {
      return structuredClone(tables.installations.get(id) ?? null)
    },
    async findByApps(organizationId, appIds) {
      return structuredClone(
        [...tables.installations.values()].filter(
          (row) => row.organizationId === organizationId && appIds.includes(row.appId),
        ),
      )
    },
    async findByApp(organizationId, appId) {
      const found = [...tables.installations.values()].find(
        (installation) => installation.organizationId === organizationId && installation.appId === appId,
      )
      return structuredClone(found ?? null)
    },
    async listActive(organizationId, page) {
      const rows = [...tables.installations.values()].map((item, index) => ({
        key: [item.installedAt.getTime(), index],
        item,
      }))
      const active = rows.filter(({ item }) => item.organizationId === organizationId && item.uninstalledAt === null)
      return takePage('installations', ['number', 'number'], active, page)
    },
    async change(organizationId, id, expectedDeploymentId, change) {
      const installation = find(organizationId, id)
      if (installation?.currentDeploymentId !== expectedDeploymentId) return null
      if ((change.type === 'reinstalled') !== (installation.uninstalledAt !== null)) return null
      ensure(
        belongs(change.deploymentId, installation.appId),
        `The deployment ${change.deploymentId} is not one of app ${installation.appId}.`,
      )
      ensure(!tables.installationEvents.has(change.eventId), `There is already an event with the id ${change.eventId}.`)
      const { grantedScopes, grantedEgress } = change
      const changed: InstallationRecord = structuredClone({
        ...installation,
        currentDeploymentId: change.deploymentId,
        grantedScopes,
        grantedEgress,
        uninstalledAt: change.type === 'uninstalled' ? change.at : null,
        channel: change.channel,
      })
      tables.installations.set(id, changed)
      count(installation.appId)
      if (change.type === 'rolled-back') restoreSettings(id, expectedDeploymentId)
      if (change.type === 'uninstalled')
        for (const row of [...tables.webhookHandlers.values()].filter((one) => one.installationId === id))
          tables.webhookHandlers.set(row.id, { ...row, isActive: false, updatedAt: new Date(change.at) })
      tables.installationEvents.set(
        change.eventId,
        structuredClone({
          id: change.eventId,
          installationId: id,
          type: change.type,
          fromDeploymentId: change.type === 'reinstalled' ? null : expectedDeploymentId,
          toDeploymentId: change.type === 'uninstalled' ? null : change.deploymentId,
          grantedScopes,
          grantedEgress,
          actorId: change.actorId,
          createdAt: change.at,
        }),
      )
      return structuredClone(changed)
    },
    async rollForward({ appId, deploymentId, fromDeploymentIds, scopes, egress, percent, actorId, at, eventIds }) {
      ensure(belongs(deploymentId, appId), `The deployment ${deploymentId} is not one of app ${appId}.`)
      ensure(
        !eventIds.some((id) => tables.installationEvents.has(id)),
        'There is already an event with one of the ids.',
      )
      const behind = [...tables.installations.values()].filter(
        (row) =>
          row.appId === appId &&
          row.channel === 'stable' &&
          row.uninstalledAt === null &&
          row.currentDeploymentId !== deploymentId &&
          fromDeploymentIds.includes(row.currentDeploymentId) &&
          isInRollout(row.id, deploymentId, percent) &&
          scopes.every((scope) => row.grantedScopes.includes(scope)) &&
          egress.every((host) => row.grantedEgress.includes(host)),
      )
      const moved: InstallationRecord[] = []
      for (const [index, eventId] of eventIds.entries()) {
        const row = behind[index]
        if (!row) break
        const granted = { grantedScopes: [...scopes], grantedEgress: [...egress] }
        moved.push({ ...row, currentDeploymentId: deploymentId, ...granted })
        tables.installations.set(row.id, { ...row, currentDeploymentId: deploymentId, ...granted })
        tables.installationEvents.set(eventId, {
          id: eventId,
          installationId: row.id,
          type: 'rolled-forward',
          fromDeploymentId: row.currentDeploymentId,
          toDeploymentId: deploymentId,
          ...granted,
          actorId,
          createdAt: at,
        })
      }
      return structuredClone(moved)
    },
    async listStableAt(deploymentId, page) {
      return takePage('stable-installations', ['number', 'number'], stableAt(deploymentId), page)
    },
    async countStableAt(deploymentId) {
      return stableAt(deploymentId).length
    },
    async events(organizationId, id, page) {
      // In the order they were recorded, whatever their times say. Negative: the newest first.
      const rows = [...tables.installationEvents.values()].map((item, index) => ({ key: [-index], item }))
      const visible = find(organizationId, id) !== null
      const events = rows.filter(({ item }) => visible && item.installationId === id)
      return takePage('events', ['number'], events, page)
    },
  }
}

export const createMemorySettings = (tables: Tables): SettingStore => {
  let written = 0
  const list = (installationId: string, userId: string | null) =>
    structuredClone(
      [...tables.settings.values()]
        .map(({ setting }) => setting)
        .filter((setting) => setting.installationId === installationId && setting.userId === userId)
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    )

  // Otherwise there is nothing to return to.
  const wasElsewhere = (id: string, deploymentId: string): boolean =>
    [...tables.installationEvents.values()].some(
      (event) => event.installationId === id && event.toDeploymentId !== null && event.toDeploymentId !== deploymentId,
    )

  // The first write at a deployment keeps what it finds of another one.
  const keep = (row: KeptSetting): void => {
    const { installationId, userId, key, replacedBy, kept } = row
    if (kept?.deploymentId === replacedBy) return
    const at = keyOf(installationId, userId, key, replacedBy)
    if (!kept && (tables.keptSettings.has(at) || !wasElsewhere(installationId, replacedBy))) return
    tables.keptSettings.set(at, row)
    tables.settingNumbers.set(at, ++written)
  }

  return {
    async list(installationId, userId) {
      return list(installationId, userId)
    },
    async write(installationId, userId, deploymentId, writes) {
      ensure(
        tables.installations.get(installationId)?.currentDeploymentId === deploymentId,
        `There is no installation ${installationId} at deployment ${deploymentId} to write settings for.`,
      )
      ensure(
        writes.every(({ secret, value }) => !secret || value === null || typeof value === 'string'),
        'A secret is a sealed text.',
      )
      for (const { key, value, secret } of writes) {
        const at = keyOf(installationId, userId, key)
        keep({ installationId, userId, key, replacedBy: deploymentId, kept: tables.settings.get(at) ?? null })
        if (value === null) {
          tables.settings.delete(at)
          tables.settingNumbers.delete(at)
          continue
        }
        if (!tables.settingNumbers.has(at)) tables.settingNumbers.set(at, ++written)
        tables.settings.set(at, { setting: { installationId, userId, key, value, secret }, deploymentId })
      }
      return list(installationId, userId)
    },
    async listSecrets(page) {
      const all = [...tables.settings, ...[...tables.keptSettings].map(([at, { kept }]) => [at, kept] as const)]
      const rows = all.flatMap(([at, stored]) =>
        stored?.setting.secret ? [{ key: [tables.settingNumbers.get(at) ?? 0], item: stored.setting }] : [],
      )
      return takePage('secrets', ['number'], rows, page)
    },
    async replaceSecret({ installationId, userId, key, value }, sealed) {
      const isRead = (stored: StoredSetting | null | undefined): stored is StoredSetting =>
        stored?.setting.secret === true &&
        stored.setting.installationId === installationId &&
        stored.setting.userId === userId &&
        stored.setting.key === key &&
        stored.setting.value === value
      const withSealed = (stored: StoredSetting) => ({ ...stored, setting: { ...stored.setting, value: sealed } })
      const at = keyOf(installationId, userId, key)
      const current = tables.settings.get(at)
      if (isRead(current)) {
        tables.settings.set(at, withSealed(current))
        return true
      }
      const kept = [...tables.keptSettings].find(([, row]) => isRead(row.kept))
      if (!kept?.[1].kept) return false
      tables.keptSettings.set(kept[0], { ...kept[1], kept: withSealed(kept[1].kept) })
      return true
    },
  }
}
