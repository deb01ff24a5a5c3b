import {
  type Deployment,
  type DeveloperApp,
  type Page,
  publishChecks,
  type Review,
  type ReviewItem,
} from '@souk/extension-sdk/protocol'
import { type Action, type Actor, authorize } from '../policy'
import { invalidInput, notFound } from '../souk-error'
import type { DeploymentRecord, PageRequest } from '../storage'
import { audit } from './audit'
import { auditMoved } from './audit-moved'
import { changedFields } from './changed-fields'
import { readDeploymentDetail } from './deployment-detail'
import type { DeploymentStepName } from './deployment-steps'
import { moveDeployment } from './move-deployment'
import { requireUser, type ServiceContext } from './service-context'
import { toCatalogDeveloper, toDeployment, toDeveloperApp } from './to-api'

export const MIN_REJECTION_REASON_LENGTH = 10

/** What the platform's reviewers see and decide. */
export const createReviewService = (context: ServiceContext) => {
  const { storage } = context

  const move = async (
    actor: Actor,
    id: string,
    name: DeploymentStepName & ('start' | 'approve' | 'reject'),
    rejectionReason?: string,
  ): Promise<Deployment> => {
    const action: Action = `review.${name}`
    authorize(actor, action, { type: 'platform' })
    const { userId } = requireUser(actor)
    const { moved, before } = await moveDeployment(context, id, name, {
      reviewedBy: userId,
      ...(rejectionReason === undefined ? {} : { rejectionReason }),
    })
    await auditMoved(context, actor, action, before, moved)
    return toDeployment(moved)
  }

  return {
    async list(actor: Actor, page: PageRequest): Promise<Page<ReviewItem>> {
      authorize(actor, 'review.list', { type: 'platform' })
      const { items, nextCursor } = await storage.deployments.listForReview(page)
      const reviewed = await Promise.all(
        items.map(async (deployment): Promise<ReviewItem | null> => {
          const app = await storage.apps.get(deployment.appId)
          return (
            app && {
              deployment: toDeployment(deployment),
              app: toDeveloperApp(app),
              checks: publishChecks(app, deployment.manifest),
            }
          )
        }),
      )
      return { items: reviewed.filter((item) => item !== null), nextCursor }
    },

    /** Also after the decision; what was never submitted, or was taken back, is not a reviewer's to read. */
    async get(actor: Actor, id: string): Promise<Review> {
      authorize(actor, 'review.list', { type: 'platform' })
      const deployment = await storage.deployments.get(id)
      const app = deployment && isReviewable(deployment) && (await storage.apps.get(deployment.appId))
      const account = app && (await storage.developerAccounts.get(app.developerAccountId))
      if (!account) throw notFound('submission')
      const offered = await storage.deployments.latestPublished(app.id)
      const [detail, previous] = await Promise.all([
        readDeploymentDetail(context, deployment),
        offered && offered.id !== id ? readDeploymentDetail(context, offered) : null,
      ])
      return {
        deployment: detail,
        previous,
        app: toDeveloperApp(app),
        developer: toCatalogDeveloper(account),
        checks: publishChecks(app, deployment.manifest),
      }
    },

    /** What is left out stays. */
    async updateApp(
      actor: Actor,
      slug: string,
      trust: { readonly autoApprove?: boolean | undefined; readonly verified?: boolean | undefined },
    ): Promise<DeveloperApp> {
      authorize(actor, 'review.update-app', { type: 'platform' })
      const found = await storage.apps.getBySlug(slug)
      const { autoApprove, verified } = trust
      const app =
        found &&
        (await storage.apps.updateTrust(found.id, {
          ...(autoApprove === undefined ? {} : { autoApprove }),
          ...(verified === undefined ? {} : { verified }),
        }))
      if (!found || !app) throw notFound('app')
      await audit(
        context,
        actor,
        'review.update-app',
        { type: 'app', id: app.id, developerAccountId: app.developerAccountId },
        changedFields(
          { autoApprove: found.autoApprove, verified: found.verified },
          { autoApprove: app.autoApprove, verified: app.verified },
        ),
      )
      return toDeveloperApp(app)
    },

    start: (actor: Actor, id: string) => move(actor, id, 'start'),
    approve: (actor: Actor, id: string) => move(actor, id, 'approve'),

    reject(actor: Actor, id: string, reason: string): Promise<Deployment> {
      authorize(actor, 'review.reject', { type: 'platform' })
      if (reason.trim().length < MIN_REJECTION_REASON_LENGTH)
        throw invalidInput('The reason is too short for the developer to act on. Say what has to change.', {
          reason: `At least ${MIN_REJECTION_REASON_LENGTH} characters.`,
        })
      return move(actor, id, 'reject', reason.trim())
    },
  }
}

const isReviewable = ({ deploymentType, status }: DeploymentRecord): boolean =>
  deploymentType === 'production' && status !== 'active' && status !== 'withdrawn'
