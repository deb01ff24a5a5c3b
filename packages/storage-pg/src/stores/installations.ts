import type { InstallationStore, SettingStore } from '@souk/server-adapter/storage'
import type { Database, Queryable } from '../database'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import { EVENT, INSTALLATION, SETTING } from '../tables'

export const createInstallationStore = (database: Database, s: string): InstallationStore => {
  const record = `${INSTALLATION.json('i')}::text as record`
  const eventColumns =
    'id, installation_id, type, from_deployment_id, to_deployment_id, granted_scopes, granted_egress, actor_id, created_at'

  return {
    create: (installation, eventId) =>
      selectExactlyOne(
        database,
        INSTALLATION,
        `with i as (
          insert into ${s}.app_installation (${INSTALLATION.columns}) values (${INSTALLATION.values}) returning *
        ), e as (
          insert into ${s}.installation_event (${eventColumns})
          select $${INSTALLATION.size + 1}, i.id, 'installed', null, i.current_deployment_id, i.granted_scopes,
            i.granted_egress, i.installed_by, i.installed_at from i
        )
        select ${record} from i`,
        [...INSTALLATION.params(installation), eventId],
      ),
    get: (organizationId, id) =>
      selectOne(
        database,
        INSTALLATION,
        `select ${record} from ${s}.app_installation i where i.organization_id = $1 and i.id = $2`,
        [organizationId, id],
      ),
    getForFrame: (id) =>
      selectOne(database, INSTALLATION, `select ${record} from ${s}.app_installation i where i.id = $1`, [id]),
    findByApp: (organizationId, appId) =>
      selectOne(
        database,
        INSTALLATION,
        `select ${record} from ${s}.app_installation i where i.organization_id = $1 and i.app_id = $2`,
        [organizationId, appId],
      ),
    listActive: (organizationId) =>
      selectAll(
        database,
        INSTALLATION,
        `select ${record} from ${s}.app_installation i
        where i.organization_id = $1 and i.uninstalled_at is null order by i.installed_at, i.seq`,
        [organizationId],
      ),
    change: (organizationId, id, expectedDeploymentId, change) =>
      selectOne(
        database,
        INSTALLATION,
        `with i as (
          update ${s}.app_installation set
            current_deployment_id = $5, granted_scopes = $6::text[], granted_egress = $7::text[],
            uninstalled_at = case when $4 = 'uninstalled' then $9::timestamptz end
          where organization_id = $1 and id = $2 and current_deployment_id = $3
            and (uninstalled_at is not null) = ($4 = 'reinstalled')
          returning *
        ), e as (
          insert into ${s}.installation_event (${eventColumns})
          select $10, i.id, $4, case when $4 <> 'reinstalled' then $3 end, case when $4 <> 'uninstalled' then $5 end,
            i.granted_scopes, i.granted_egress, $8, $9::timestamptz from i
        )
        select ${record} from i`,
        [
          organizationId,
          id,
          expectedDeploymentId,
          change.type,
          change.deploymentId,
          change.grantedScopes,
          change.grantedEgress,
          change.actorId,
          change.at.toISOString(),
          change.eventId,
        ],
      ),
    events: (organizationId, id) =>
      selectAll(
        database,
        EVENT,
        `select ${EVENT.json('e')}::text as record from ${s}.installation_event e
        join ${s}.app_installation i on i.id = e.installation_id
        where i.organization_id = $1 and i.id = $2 order by e.seq desc`,
        [organizationId, id],
      ),
  }
}

export const createSettingStore = (database: Database, s: string): SettingStore => {
  const list = (tx: Queryable, installationId: string, userId: string | null) =>
    selectAll(
      tx,
      SETTING,
      `select ${SETTING.json('v')}::text as record from ${s}.app_setting v
      where v.installation_id = $1 and v.user_id ${userId === null ? 'is null and $2::text is null' : '= $2'} order by v.key`,
      [installationId, userId],
    )

  return {
    list: (installationId, userId) => list(database, installationId, userId),
    write: (installationId, userId, deploymentId, writes) =>
      database.transaction(async (tx) => {
        // The last write of a key wins; in one order, so that two writers of the same keys wait instead of deadlocking.
        const latest = [...new Map(writes.map((write) => [write.key, write])).values()]
        const sorted = latest.sort((a, b) => (a.key < b.key ? -1 : 1))
        for (const { key, value, secret } of sorted) {
          if (value === null) {
            await tx.query(
              `delete from ${s}.app_setting where installation_id = $1 and user_id is not distinct from $2 and key = $3`,
              [installationId, userId, key],
            )
            continue
          }
          await tx.query(
            `insert into ${s}.app_setting (installation_id, user_id, key, value, secret, deployment_id)
            values ($1, $2, $3, $4::text::json, $5, $6)
            on conflict on constraint app_setting_scope_key
            do update set value = excluded.value, secret = excluded.secret, deployment_id = excluded.deployment_id`,
            [installationId, userId, key, JSON.stringify(value), secret, deploymentId],
          )
        }
        return list(tx, installationId, userId)
      }),
  }
}
