import { type Action, type Actor, authorize } from '../policy'
import { notFound, SoukError } from '../souk-error'
import type { AppRecord, DeploymentRecord } from '../storage'
import type { ServiceContext } from './service-context'

/** @throws {SoukError} when the actor may not do `action` on the developer account. */
export const authorizeAccount = async (
  { storage }: ServiceContext,
  actor: Actor,
  action: Action,
  accountId: string,
): Promise<string> => {
  if (actor.kind === 'anonymous') {
    authorize(actor, action, { type: 'platform' })
    throw new SoukError('UNAUTHENTICATED', 'Nobody is signed in. Sign in and try again.')
  }
  const role = await storage.developerAccounts.roleOf(accountId, actor.userId)
  authorize(actor, action, { type: 'developer-account', id: accountId, role })
  return actor.userId
}

/** The app with this slug, if the actor may do `action` on it. */
export const authorizeApp = async (
  context: ServiceContext,
  actor: Actor,
  action: Action,
  slug: string,
): Promise<AppRecord> => {
  if (actor.kind === 'anonymous') authorize(actor, action, { type: 'platform' })
  const app = await context.storage.apps.getBySlug(slug)
  if (!app) throw notFound('app')
  await authorizeAccount(context, actor, action, app.developerAccountId)
  return app
}

/** The deployment with this id and its app, if the actor may do `action` on them. */
export const authorizeDeployment = async (
  context: ServiceContext,
  actor: Actor,
  action: Action,
  id: string,
): Promise<{ readonly deployment: DeploymentRecord; readonly app: AppRecord }> => {
  if (actor.kind === 'anonymous') authorize(actor, action, { type: 'platform' })
  const deployment = await context.storage.deployments.get(id)
  const app = deployment && (await context.storage.apps.get(deployment.appId))
  if (!app) throw notFound('deployment')
  await authorizeAccount(context, actor, action, app.developerAccountId)
  return { deployment, app }
}
