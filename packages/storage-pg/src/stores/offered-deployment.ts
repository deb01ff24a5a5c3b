/**
 * The id of the production deployment of an app that everybody is offered: the one published last of those that reach everybody, else the
 * one whose rollout is under way. Two lookups in one index, the second only when the first finds nothing.
 *
 * @param appId An expression, such as `a.id`.
 */
export const OFFERED_DEPLOYMENT = (s: string, appId: string): string => {
  const newest = (reach: string) => `(select p.id from ${s}.app_deployment p
    where p.app_id = ${appId} and p.deployment_type = 'production' and p.status = 'published'
      and p.rollout_halted_at is null and p.rollout_percent ${reach}
    order by p.published_at desc, p.seq desc limit 1)`
  return `select o.id from (${newest('= 100')} union all ${newest('< 100')}) o limit 1`
}
