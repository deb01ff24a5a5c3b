import {
  createCursor,
  type DeploymentMove,
  type DeploymentRecord,
  type DeploymentStore,
  pageSize,
  parseCursor,
} from '@souk/server-adapter/storage'
import { json, number } from '../columns'
import type { Database, Queryable } from '../database'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import { defineTable } from '../table'
import { DEPLOYMENT } from '../tables'
import { OFFERED_DEPLOYMENT } from './offered-deployment'
import { CREATED, orderedPage } from './ordered-page'

/** A deployment with its place in the review queue, which the cursor holds. */
const QUEUED = defineTable<{ readonly position: number; readonly deployment: DeploymentRecord }>('app_deployment', {
  position: number,
  deployment: json((value) => DEPLOYMENT.parse(value)),
})

export const createDeploymentStore = (database: Database, s: string): DeploymentStore => {
  const record = `${DEPLOYMENT.json('d')}::text as record`

  return {
    create: (deployment) =>
      database.transaction(async (tx) => {
        await lockApp(tx, s, deployment.appId)
        const created = await selectExactlyOne(
          tx,
          DEPLOYMENT,
          `insert into ${s}.app_deployment as d (${DEPLOYMENT.columns}) values (${DEPLOYMENT.values}) returning ${record}`,
          DEPLOYMENT.params(deployment),
        )
        await deriveApp(tx, s, deployment.appId)
        return created
      }),
    get: (id) => selectOne(database, DEPLOYMENT, `select ${record} from ${s}.app_deployment d where d.id = $1`, [id]),
    list: (appId, page) =>
      orderedPage(
        database,
        s,
        DEPLOYMENT,
        { list: 'deployments', where: 'r.app_id = $4', params: [appId], newestFirst: true, time: CREATED },
        page,
      ),
    move: (id, move) => database.transaction((tx) => moveDeployment(tx, s, id, move)),
    latestPublished: (appId) =>
      selectOne(
        database,
        DEPLOYMENT,
        `select ${record} from ${s}.app_deployment d
        where d.id = (${OFFERED_DEPLOYMENT(s, '$1')})`,
        [appId],
      ),
    rolling: (appId) =>
      selectOne(
        database,
        DEPLOYMENT,
        `select ${record} from ${s}.app_deployment d
        where d.app_id = $1 and d.deployment_type = 'production' and d.status = 'published'
          and d.rollout_percent < 100 and d.rollout_halted_at is null`,
        [appId],
      ),
    listPublished: (appId, page) =>
      orderedPage(
        database,
        s,
        DEPLOYMENT,
        {
          list: 'published',
          where: `r.app_id = $4 and r.deployment_type = 'production' and r.status = 'published' and r.rollout_halted_at is null`,
          params: [appId],
          newestFirst: true,
          // The database lets nothing be published without it.
          time: { column: 'published_at', of: ({ publishedAt, createdAt }) => publishedAt ?? createdAt },
        },
        page,
      ),
    raiseRollout: (id, { percent, resume, at }) =>
      database.transaction(async (tx) => {
        await lockAppOf(tx, s, id)
        const raised = await selectOne(
          tx,
          DEPLOYMENT,
          `update ${s}.app_deployment as d set
            rollout_percent = $2::int, rollout_halted_at = null, rollout_halt_code = null,
            rollout_since = case when d.rollout_halted_at is null then d.rollout_since else $4::timestamptz end
          where d.id = $1 and d.deployment_type = 'production' and d.status = 'published' and d.rollout_percent <= $2::int
            and (d.rollout_halted_at is null or $3::boolean)
          returning ${record}`,
          [id, percent, resume, at.toISOString()],
        )
        if (raised) await deriveApp(tx, s, raised.appId)
        return raised
      }),
    haltRollout: (id, { code, at }) =>
      database.transaction(async (tx) => {
        await lockAppOf(tx, s, id)
        const halted = await selectOne(
          tx,
          DEPLOYMENT,
          `update ${s}.app_deployment as d set rollout_halted_at = $3::timestamptz, rollout_halt_code = $2
          where d.id = $1 and d.published_at is not null and d.rollout_percent < 100 and d.rollout_halted_at is null
          returning ${record}`,
          [id, code, at.toISOString()],
        )
        if (halted) await deriveApp(tx, s, halted.appId)
        return halted
      }),
    async listForReview({ cursor, limit }) {
      const size = pageSize(limit)
      const [after] = cursor === undefined ? [null] : parseCursor('review', cursor, ['number'])
      const rows = await selectAll(
        database,
        QUEUED,
        `select json_build_object('position', d.review_position, 'deployment', ${DEPLOYMENT.json('d')})::text as record
        from ${s}.app_deployment d
        where d.deployment_type = 'production' and d.status in ('pending-review', 'in-review')
          and ($1::bigint is null or d.review_position > $1::bigint)
        order by d.review_position limit $2::int`,
        [after, size + 1],
      )
      const page = rows.slice(0, size)
      const last = page.at(-1)
      return {
        items: page.map(({ deployment }) => deployment),
        nextCursor: last && rows.length > size ? createCursor('review', [last.position]) : null,
      }
    },
  }
}

/** One change of an app's deployments at a time, so that what the app derives from them is never of an older state. */
const lockApp = async (tx: Queryable, s: string, appId: string): Promise<void> => {
  await tx.query(`select 1 from ${s}.app where id = $1 for no key update`, [appId])
}

const lockAppOf = async (tx: Queryable, s: string, deploymentId: string): Promise<void> => {
  await tx.query(
    `select 1 from ${s}.app where id = (select app_id from ${s}.app_deployment where id = $1) for no key update`,
    [deploymentId],
  )
}

const deriveApp = async (tx: Queryable, s: string, appId: string): Promise<void> => {
  await tx.query(
    `update ${s}.app a set
      has_bundle = exists (select 1 from ${s}.app_deployment d where d.app_id = a.id),
      publication_status = case when exists (
        select 1 from ${s}.app_deployment d
        where d.app_id = a.id and d.deployment_type = 'production' and d.status = 'published' and d.rollout_halted_at is null
      ) then 'published' else 'draft' end,
      review_status = (
        select d.status from ${s}.app_deployment d
        where d.app_id = a.id and d.deployment_type = 'production' and d.status <> 'active'
        order by d.created_at desc, d.seq desc limit 1
      )
    where a.id = $1`,
    [appId],
  )
}

const moveDeployment = async (
  tx: Queryable,
  s: string,
  id: string,
  move: DeploymentMove,
): Promise<DeploymentRecord | null> => {
  await lockAppOf(tx, s, id)
  const moved = await selectOne(
    tx,
    DEPLOYMENT,
    `update ${s}.app_deployment as d set
      status = $2,
      reviewed_by = coalesce($4, d.reviewed_by),
      reviewed_at = coalesce($5::timestamptz, d.reviewed_at),
      rejection_reason = case when $6::boolean then $7 else d.rejection_reason end,
      published_at = coalesce($8::timestamptz, d.published_at),
      rollout_percent = coalesce($9::int, d.rollout_percent),
      rollout_since = coalesce($8::timestamptz, d.rollout_since),
      review_position = case when $2 = 'pending-review' then nextval('${s}.review_position_seq') else d.review_position end
    where d.id = $1 and d.status = any($3::text[])
    returning ${DEPLOYMENT.json('d')}::text as record`,
    [
      id,
      move.to,
      move.from,
      move.reviewedBy ?? null,
      move.reviewedAt?.toISOString() ?? null,
      move.rejectionReason !== undefined,
      move.rejectionReason ?? null,
      move.publishedAt?.toISOString() ?? null,
      move.rolloutPercent ?? null,
    ],
  )
  if (moved) await deriveApp(tx, s, moved.appId)
  return moved
}
