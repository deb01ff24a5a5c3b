import {
  createCursor,
  type InstallationChange,
  type InstallationEventRecord,
  type InstallationRecord,
  type InstallationStore,
  pageSize,
  parseCursor,
  type SettingRecord,
  type SettingStore,
  StorageError,
} from '@souk/server-adapter/storage'
import { json, number } from '../columns'
import type { Queryable } from '../database'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import type { Scopes } from '../scopes'
import { defineTable } from '../table'
import { EVENT, INSTALLATION, SETTING } from '../tables'
import { orderedPage } from './ordered-page'

export const createInstallationStore = (tenants: Scopes, s: string): InstallationStore => {
  const record = `${INSTALLATION.json('i')}::text as record`
  const eventColumns =
    'id, installation_id, type, from_deployment_id, to_deployment_id, granted_scopes, granted_egress, actor_id, created_at'

  const changeOne = (
    tx: Queryable,
    organizationId: string,
    id: string,
    expectedDeploymentId: string,
    change: InstallationChange,
  ): Promise<InstallationRecord | null> =>
    selectOne(
      tx,
      INSTALLATION,

      `with i as (
          update ${s}.app_installation set
            current_deployment_id = $5, granted_scopes = $6::text[], granted_egress = $7::text[],
            uninstalled_at = case when $4 = 'uninstalled' then $9::timestamptz end, channel = $11
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
        change.channel,
      ],
    )

  return {
    create: (installation, eventId) =>
      selectExactlyOne(
        tenants.organization(installation.organizationId, installation.id),
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
        tenants.organization(organizationId),
        INSTALLATION,
        `select ${record} from ${s}.app_installation i where i.organization_id = $1 and i.id = $2`,
        [organizationId, id],
      ),
    getForFrame: (id) =>
      selectOne(
        tenants.installation(id),
        INSTALLATION,
        `select ${record} from ${s}.app_installation i where i.id = $1`,
        [id],
      ),
    findByApp: (organizationId, appId) =>
      selectOne(
        tenants.organization(organizationId),
        INSTALLATION,
        `select ${record} from ${s}.app_installation i where i.organization_id = $1 and i.app_id = $2`,
        [organizationId, appId],
      ),
    findByApps: (organizationId, appIds) =>
      selectAll(
        tenants.organization(organizationId),
        INSTALLATION,
        `select ${record} from ${s}.app_installation i where i.organization_id = $1 and i.app_id = any($2::text[])`,
        [organizationId, appIds],
      ),
    listActive: (organizationId, page) =>
      orderedPage(
        tenants.organization(organizationId),
        s,
        INSTALLATION,
        {
          list: 'installations',
          where: 'r.organization_id = $4 and r.uninstalled_at is null',
          params: [organizationId],
          newestFirst: false,
          time: { column: 'installed_at', of: ({ installedAt }) => installedAt },
        },
        page,
      ),
    change: (organizationId, id, expectedDeploymentId, change) => {
      const database = tenants.organization(organizationId)
      if (change.type !== 'rolled-back' && change.type !== 'uninstalled')
        return changeOne(database, organizationId, id, expectedDeploymentId, change)
      return database.transaction(async (tx) => {
        const changed = await changeOne(tx, organizationId, id, expectedDeploymentId, change)
        if (changed && change.type === 'rolled-back') await restoreSettings(tx, s, id, expectedDeploymentId)
        if (changed && change.type === 'uninstalled')
          await tx.query(
            `update ${s}.app_webhook_handler set is_active = false, updated_at = $2::timestamptz where installation_id = $1`,
            [id, change.at.toISOString()],
          )
        return changed
      })
    },
    rollForward: ({ appId, deploymentId, fromDeploymentIds, scopes, egress, percent, actorId, at, eventIds }) =>
      selectAll(
        tenants.platform,
        INSTALLATION,
        `with behind as (
          select f.id, f.current_deployment_id from ${s}.app_installation f
          where f.channel = 'stable' and f.uninstalled_at is null and f.app_id = $1
            and f.current_deployment_id = any($3::text[]) and f.current_deployment_id <> $2
            and f.granted_scopes @> $4::text[] and f.granted_egress @> $5::text[]
            and ${IN_ROLLOUT('f.id', '$2')} < $9::int
          order by f.id limit cardinality($8::text[])
          for no key update
        ), numbered as (
          select id, current_deployment_id, row_number() over (order by id) as number from behind
        ), i as (
          update ${s}.app_installation t set
            current_deployment_id = $2, granted_scopes = $4::text[], granted_egress = $5::text[]
          from numbered n where t.id = n.id
          returning t.*
        ), e as (
          insert into ${s}.installation_event (${eventColumns})
          select ($8::text[])[n.number], n.id, 'rolled-forward', n.current_deployment_id, $2, $4::text[], $5::text[], $6,
            $7::timestamptz
          from numbered n
        )
        select ${record} from i order by i.id`,
        [appId, deploymentId, fromDeploymentIds, scopes, egress, actorId, at.toISOString(), eventIds, percent],
      ),
    listStableAt: (deploymentId, page) =>
      orderedPage(
        tenants.platform,
        s,
        INSTALLATION,
        {
          list: 'stable-installations',
          where: `r.current_deployment_id = $4 and r.channel = 'stable' and r.uninstalled_at is null`,
          params: [deploymentId],
          newestFirst: false,
          time: { column: 'installed_at', of: ({ installedAt }) => installedAt },
        },
        page,
      ),
    async countStableAt(deploymentId) {
      const { count } = await selectExactlyOne(
        tenants.platform,
        COUNT,
        `select json_build_object('count', count(*))::text as record from ${s}.app_installation i
        where i.current_deployment_id = $1 and i.channel = 'stable' and i.uninstalled_at is null`,
        [deploymentId],
      )
      return count
    },
    async events(organizationId, id, { cursor, limit }) {
      const size = pageSize(limit)
      // By number alone: the order in which they were recorded, whatever their times say. Negative as in the memory storage.
      const [after] = cursor === undefined ? [null] : parseCursor('events', cursor, ['number'])
      const rows = await selectAll(
        tenants.organization(organizationId),
        NUMBERED_EVENT,
        `select json_build_object('seq', e.seq, 'event', ${EVENT.json('e')})::text as record
        from ${s}.installation_event e
        join ${s}.app_installation i on i.id = e.installation_id
        where i.organization_id = $1 and i.id = $2 and ($3::bigint is null or e.seq < $3::bigint)
        order by e.seq desc limit $4::int`,
        [organizationId, id, after === null ? null : -after, size + 1],
      )
      const page = rows.slice(0, size)
      const last = page.at(-1)
      return {
        items: page.map(({ event }) => event),
        nextCursor: last && rows.length > size ? createCursor('events', [-last.seq]) : null,
      }
    },
  }
}

export const createSettingStore = (scopes: Scopes, s: string): SettingStore => {
  const list = (tx: Queryable, installationId: string, userId: string | null) =>
    selectAll(
      tx,
      SETTING,
      `select ${SETTING.json('v')}::text as record from ${s}.app_setting v
      where v.installation_id = $1 and v.user_id ${userId === null ? 'is null and $2::text is null' : '= $2'}
        and v.replaced_by is null order by v.key`,
      [installationId, userId],
    )

  return {
    list: (installationId, userId) => list(scopes.installation(installationId), installationId, userId),
    write: (installationId, userId, deploymentId, writes) =>
      scopes.installation(installationId).transaction(async (tx) => {
        // Until the end of this transaction nobody moves the installation to another deployment.
        const [here] = await tx.query(
          `select 1 as here from ${s}.app_installation where id = $1 and current_deployment_id = $2 for share`,
          [installationId, deploymentId],
        )
        if (!here)
          throw new StorageError(
            'CONFLICT',
            `There is no installation ${installationId} at deployment ${deploymentId} to write settings for.`,
          )
        // The last write of a key wins; in one order, so that two writers of the same keys wait instead of deadlocking.
        const latest = [...new Map(writes.map((write) => [write.key, write])).values()]
        const sorted = latest.sort((a, b) => (a.key < b.key ? -1 : 1))
        for (const { key, value, secret } of sorted) {
          // What another deployment left is kept; JSON null says that it left nothing, and never takes the place of what
          // it did leave. An installation that was never at another one has nothing to return to.
          await tx.query(
            `insert into ${s}.app_setting (installation_id, user_id, key, value, secret, deployment_id, replaced_by)
            select $1, $2, $3, coalesce(c.value, 'null'::json), coalesce(c.secret, false), coalesce(c.deployment_id, $4), $4
            from (select 1) one left join ${s}.app_setting c
              on c.installation_id = $1 and c.user_id ${userId === null ? 'is null' : '= $2'} and c.key = $3 and c.replaced_by is null
            where c.deployment_id is distinct from $4
              and (c.deployment_id is not null or exists (
                select 1 from ${s}.installation_event e where e.installation_id = $1 and e.to_deployment_id <> $4))
            on conflict on constraint app_setting_scope_key
            do update set value = excluded.value, secret = excluded.secret, deployment_id = excluded.deployment_id
            where excluded.deployment_id <> excluded.replaced_by`,
            [installationId, userId, key, deploymentId],
          )
          if (value === null) {
            await tx.query(
              // `is not distinct from` finds no index.
              `delete from ${s}.app_setting
              where installation_id = $1 and user_id ${userId === null ? 'is null and $2::text is null' : '= $2'} and key = $3
                and replaced_by is null`,
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
    async listSecrets({ cursor, limit }) {
      const size = pageSize(limit)
      const [after] = cursor === undefined ? [0] : parseCursor('secrets', cursor, ['number'])
      const rows = await selectAll(
        scopes.platform,
        NUMBERED,
        `select json_build_object('seq', v.seq, 'setting', ${SETTING.json('v')})::text as record
        from ${s}.app_setting v where v.secret and v.seq > $1::bigint order by v.seq limit $2::int`,
        [after, size + 1],
      )
      const page = rows.slice(0, size)
      const last = page.at(-1)
      return {
        items: page.map(({ setting }) => setting),
        nextCursor: last && rows.length > size ? createCursor('secrets', [last.seq]) : null,
      }
    },
    async replaceSecret({ installationId, userId, key, value }, sealed) {
      const replaced = await scopes.installation(installationId).query(
        `update ${s}.app_setting set value = $5::text::json
        where installation_id = $1 and user_id ${userId === null ? 'is null and $2::text is null' : '= $2'} and key = $3
          and secret and value::text = $4
        returning 1 as replaced`,
        [installationId, userId, key, JSON.stringify(value), JSON.stringify(sealed)],
      )
      return replaced.length > 0
    },
  }
}

/** The place of an installation in a rollout, 0 to 99, as `isInRollout` says it. */
const IN_ROLLOUT = (id: string, deploymentId: string): string =>
  `('x' || left(encode(sha256(convert_to(${id} || chr(10) || ${deploymentId}, 'UTF8')), 'hex'), 8))::bit(32)::bigint % 100`

const COUNT = defineTable<{ readonly count: number }>('app_installation', { count: number })

/** Puts back what was overwritten at a deployment, and takes away what was new there. */
const restoreSettings = async (tx: Queryable, s: string, installationId: string, from: string): Promise<void> => {
  await tx.query(
    `delete from ${s}.app_setting v using ${s}.app_setting k
    where v.installation_id = $1 and v.replaced_by is null and k.installation_id = $1 and k.replaced_by = $2
      and k.key = v.key and k.user_id is not distinct from v.user_id`,
    [installationId, from],
  )
  await tx.query(
    `delete from ${s}.app_setting where installation_id = $1 and replaced_by = $2 and json_typeof(value) = 'null'`,
    [installationId, from],
  )
  await tx.query(`update ${s}.app_setting set replaced_by = null where installation_id = $1 and replaced_by = $2`, [
    installationId,
    from,
  ])
}

const NUMBERED_EVENT = defineTable<{ readonly seq: number; readonly event: InstallationEventRecord }>(
  'installation_event',
  {
    seq: number,
    event: json((value) => EVENT.parse(value)),
  },
)

const NUMBERED = defineTable<{ readonly seq: number; readonly setting: SettingRecord }>('app_setting', {
  seq: number,
  setting: json((value) => SETTING.parse(value)),
})
