import { isAllowedMove } from '../deployment-moves'
import type { DeploymentRecord } from '../records'
import type { DeploymentStore } from '../storage'
import { isOffered, latestPublished } from './apps'
import { ensure, insert, newestFirst, type Tables } from './tables'
import { newestPage, takePage } from './take-page'

const isUnderReview = ({ deploymentType, status }: DeploymentRecord): boolean =>
  deploymentType === 'production' && (status === 'pending-review' || status === 'in-review')

const isPercent = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 100

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

  const isRolling = (row: DeploymentRecord): boolean =>
    row.deploymentType === 'production' &&
    row.status === 'published' &&
    row.rolloutPercent < 100 &&
    row.rolloutHaltedAt === null

  const ensureOneRolling = (changed: DeploymentRecord): void =>
    ensure(
      !isRolling(changed) || !ofApp(changed.appId).some((other) => other.id !== changed.id && isRolling(other)),
      'Another deployment of the app is being rolled out. Raise it to 100 or halt it first.',
    )

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
      ensure(isPercent(deployment.rolloutPercent), 'A rollout reaches 1 to 100 of a hundred installations.')
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
        rolloutPercent: move.rolloutPercent ?? deployment.rolloutPercent,
        rolloutSince: move.publishedAt ?? deployment.rolloutSince,
      }
      ensureOneRolling(moved)
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
    async rolling(appId) {
      return structuredClone(ofApp(appId).find(isRolling) ?? null)
    },
    async listPublished(appId, page) {
      const rows = ofApp(appId)
        .map((item, index) => ({ key: [-(item.publishedAt?.getTime() ?? 0), -index], item }))
        .filter(({ item }) => isOffered(item))
      return takePage('published', ['number', 'number'], rows, page)
    },
    async raiseRollout(id, { percent, resume, at }) {
      const deployment = tables.deployments.get(id)
      if (deployment?.status !== 'published' || deployment.deploymentType !== 'production') return null
      const isHalted = deployment.rolloutHaltedAt !== null
      if (deployment.rolloutPercent > percent || (isHalted && !resume)) return null
      const raised: DeploymentRecord = {
        ...deployment,
        rolloutPercent: percent,
        ...(isHalted ? { rolloutHaltedAt: null, rolloutHaltCode: null, rolloutSince: at } : {}),
      }
      ensureOneRolling(raised)
      tables.deployments.set(id, raised)
      derive(raised.appId)
      return structuredClone(raised)
    },
    async haltRollout(id, { code, at }) {
      const deployment = tables.deployments.get(id)
      if (!deployment || deployment.publishedAt === null) return null
      if (deployment.rolloutPercent === 100 || deployment.rolloutHaltedAt !== null) return null
      const halted: DeploymentRecord = { ...deployment, rolloutHaltedAt: at, rolloutHaltCode: code }
      tables.deployments.set(id, halted)
      derive(halted.appId)
      return structuredClone(halted)
    },
    async listForReview(page) {
      const rows = [...tables.deployments.values()]
        .filter(isUnderReview)
        .map((item) => ({ key: [tables.reviewPositions.get(item.id) ?? 0], item }))
      return takePage('review', ['number'], rows, page)
    },
  }
}
