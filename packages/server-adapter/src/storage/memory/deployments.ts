import { isAllowedMove } from '../deployment-moves'
import type { DeploymentRecord } from '../records'
import type { DeploymentStore } from '../storage'
import { latestPublished } from './apps'
import { ensure, insert, newestFirst, type Tables } from './tables'
import { newestPage, takePage } from './take-page'

const isUnderReview = ({ deploymentType, status }: DeploymentRecord): boolean =>
  deploymentType === 'production' && (status === 'pending-review' || status === 'in-review')

export const createMemoryDeployments = (tables: Tables): DeploymentStore => {
  const ofApp = (appId: string) => [...tables.deployments.values()].filter((deployment) => deployment.appId === appId)
  let lastPosition = 0

  const derive = (appId: string): void => {
    const app = tables.apps.get(appId)
    if (!app) return
    const submitted = newestFirst(ofApp(appId)).find(
      ({ deploymentType, status }) => deploymentType === 'production' && status !== 'active',
    )
    tables.apps.set(appId, {
      ...app,
      publicationStatus: latestPublished(tables, appId) ? 'published' : 'draft',
      reviewStatus: submitted?.status ?? null,
      hasBundle: ofApp(appId).length > 0,
    })
  }

  const ownsBundle = (deployment: DeploymentRecord, type: 'client' | 'server'): boolean => {
    const id = type === 'client' ? deployment.clientBundleId : deployment.serverBundleId
    const bundle = id === null ? null : tables.bundles.get(id)
    return bundle === null || (bundle?.appId === deployment.appId && bundle.bundleType === type)
  }

  return {
    async create(deployment) {
      const { appId, version, deploymentType, targetOrganizationId } = deployment
      ensure(tables.apps.has(appId), `There is no app ${appId} to deploy.`)
      ensure(
        deploymentType !== 'production' ||
          !ofApp(appId).some((other) => other.deploymentType === 'production' && other.version === version),
        `The app has a production deployment of version ${version} already. Deployments are immutable; raise the version.`,
      )
      ensure(deployment.status === 'active', 'A deployment begins as active.')
      ensure(
        deployment.clientBundleId !== null || deployment.serverBundleId !== null,
        'A deployment needs a client or a server bundle.',
      )
      ensure(
        ownsBundle(deployment, 'client') && ownsBundle(deployment, 'server'),
        'A bundle of the deployment is not there, or belongs to another app or type.',
      )
      ensure(
        deploymentType === 'development' || targetOrganizationId === null,
        'A production deployment is aimed at no organization. Leave targetOrganizationId null.',
      )
      insert(tables.deployments, deployment, 'a deployment')
      derive(appId)
      return structuredClone(deployment)
    },
    async get(id) {
      return structuredClone(tables.deployments.get(id) ?? null)
    },
    async list(appId, page) {
      return newestPage('deployments', tables.deployments, page, (deployment) => deployment.appId === appId)
    },
    async move(id, move) {
      const deployment = tables.deployments.get(id)
      if (!deployment || !move.from.includes(deployment.status)) return null
      ensure(
        isAllowedMove(deployment.deploymentType, deployment.status, move.to),
        `A ${deployment.deploymentType} deployment cannot go from ${deployment.status} to ${move.to}.`,
      )
      const moved: DeploymentRecord = {
        ...deployment,
        status: move.to,
        reviewedBy: move.reviewedBy ?? deployment.reviewedBy,
        reviewedAt: move.reviewedAt ?? deployment.reviewedAt,
        rejectionReason: move.rejectionReason === undefined ? deployment.rejectionReason : move.rejectionReason,
        publishedAt: move.publishedAt ?? deployment.publishedAt,
      }
      ensure(
        !isUnderReview(moved) || !ofApp(deployment.appId).some((other) => other.id !== id && isUnderReview(other)),
        'Another deployment of the app is under review. Withdraw it first.',
      )
      ensure(
        moved.status !== 'rejected' || (moved.rejectionReason ?? '').length >= 10,
        'A rejection carries a reason of 10 characters or more.',
      )
      ensure(moved.status !== 'published' || moved.publishedAt !== null, 'A published deployment has a publishedAt.')
      if (move.to === 'pending-review') tables.reviewPositions.set(id, ++lastPosition)
      tables.deployments.set(id, moved)
      derive(deployment.appId)
      return structuredClone(moved)
    },
    async latestPublished(appId) {
      return structuredClone(latestPublished(tables, appId))
    },
    async listForReview(page) {
      const rows = [...tables.deployments.values()]
        .filter(isUnderReview)
        .map((item) => ({ key: [tables.reviewPositions.get(item.id) ?? 0], item }))
      return takePage('review', ['number'], rows, page)
    },
  }
}
