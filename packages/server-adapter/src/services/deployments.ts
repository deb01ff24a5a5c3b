import { isDeepStrictEqual } from 'node:util'
import {
  type Deployment,
  type DeploymentDetail,
  type DeploymentType,
  hasErrors,
  type Manifest,
  type Page,
  type PublishCheck,
  publishChecks,
} from '@souk/extension-sdk/protocol'
import { createId } from '../crypto/create-id'
import type { Actor } from '../policy'
import { invalidInput, SoukError } from '../souk-error'
import { type AppRecord, type BundleType, type DeploymentRecord, isStorageError, type PageRequest } from '../storage'
import { audit } from './audit'
import { auditMoved } from './audit-moved'
import { changedFields } from './changed-fields'
import { checkManifest } from './check-manifest'
import { readDeploymentDetail } from './deployment-detail'
import { DEPLOYMENT_STEPS, type DeploymentStepName } from './deployment-steps'
import { authorizeApp, authorizeDeployment } from './developer-access'
import { moveDeployment } from './move-deployment'
import { readAll } from './read-all'
import { rollForward } from './roll-forward'
import type { RunningCalls } from './running-calls'
import type { ServiceContext } from './service-context'
import { toDeployment } from './to-api'

export interface CreateDeploymentInput {
  readonly manifest: unknown
  readonly clientSha256: string | null
  readonly serverSha256: string | null
  readonly releaseNotes?: string | null | undefined
  readonly deploymentType: DeploymentType
  readonly targetOrganizationId?: string | null | undefined
}

/** The immutable versions of an app, and the steps their developers take. */
export const createDeploymentService = (context: ServiceContext, running: RunningCalls) => {
  const { storage, now } = context

  const findBundleId = async (app: AppRecord, type: BundleType, sha256: string | null): Promise<string | null> => {
    if (sha256 === null) return null
    const bundle = await storage.bundles.find(app.id, type, sha256)
    if (bundle) return bundle.id
    const field = `${type}Sha256`
    throw invalidInput(`The ${type} bundle has not been uploaded. Upload it first, then deploy.`, {
      [field]: 'No bundle with this hash was uploaded to the app.',
    })
  }

  const findSame = async (record: DeploymentRecord): Promise<DeploymentRecord | undefined> => {
    const others = (await readAll((page) => storage.deployments.list(record.appId, page))).filter(
      (other) => other.deploymentType === record.deploymentType && other.version === record.version,
    )
    const same = others.find((other) => isSameContent(other, record))
    if (same) return same
    if (record.deploymentType === 'production' && others.length > 0)
      throw new SoukError(
        'VERSION_EXISTS',
        `Version ${record.version} was deployed before with other content. Deployments are immutable: raise the version and deploy again.`,
      )
    return undefined
  }

  const requirePassingChecks = (app: AppRecord, manifest: Manifest): void => {
    const checks = publishChecks(app, manifest)
    if (hasErrors(checks))
      throw new SoukError(
        'PUBLISH_CHECKS_FAILED',
        'The app does not pass the publish checks yet. Put right what they name and try again.',
        { checks },
      )
  }

  const step = async (
    actor: Actor,
    id: string,
    name: DeploymentStepName,
    details: { readonly rolloutPercent?: number } = {},
  ): Promise<DeploymentRecord> => {
    const { before, moved } = await moveDeployment(context, id, name, details)
    await auditMoved(context, actor, DEPLOYMENT_STEPS[name].action, before, moved)
    return moved
  }

  return {
    /** @returns `created: false` with the deployment that is there, when an identical one was made before. */
    async create(
      actor: Actor,
      slug: string,
      input: CreateDeploymentInput,
    ): Promise<{ readonly created: boolean; readonly deployment: Deployment }> {
      const app = await authorizeApp(context, actor, 'deployment.create', slug)
      if (input.clientSha256 === null && input.serverSha256 === null)
        throw invalidInput('A deployment needs a client bundle, a server bundle or both. Send at least one hash.')
      const manifest = checkManifest(input.manifest, {
        slug,
        hasClient: input.clientSha256 !== null,
        hasServer: input.serverSha256 !== null,
      })
      const record: DeploymentRecord = {
        id: createId(),
        appId: app.id,
        deploymentType: input.deploymentType,
        version: manifest.version,
        clientBundleId: await findBundleId(app, 'client', input.clientSha256),
        serverBundleId: await findBundleId(app, 'server', input.serverSha256),
        manifest,
        targetOrganizationId: targetOf(actor, input),
        status: 'active',
        releaseNotes: input.releaseNotes ?? null,
        createdBy: actor.kind === 'anonymous' ? '' : actor.userId,
        createdAt: now(),
        reviewedBy: null,
        reviewedAt: null,
        rejectionReason: null,
        publishedAt: null,
        rolloutPercent: 100,
        rolloutSince: null,
        rolloutHaltedAt: null,
        rolloutHaltCode: null,
      }
      const same = await findSame(record)
      if (same) return { created: false, deployment: toDeployment(same) }
      try {
        const deployment = await storage.deployments.create(record)
        await audit(
          context,
          actor,
          'deployment.create',
          { type: 'deployment', id: deployment.id, developerAccountId: app.developerAccountId },
          changedFields(null, {
            app: slug,
            version: deployment.version,
            deploymentType: deployment.deploymentType,
            clientSha256: input.clientSha256,
            serverSha256: input.serverSha256,
            targetOrganizationId: deployment.targetOrganizationId,
          }),
        )
        return { created: true, deployment: toDeployment(deployment) }
      } catch (error) {
        // Somebody deployed the same version in between: theirs is either identical or in the way.
        const other = isStorageError(error) && error.code === 'CONFLICT' ? await findSame(record) : undefined
        if (other) return { created: false, deployment: toDeployment(other) }
        throw error
      }
    },

    async list(actor: Actor, slug: string, page: PageRequest): Promise<Page<Deployment>> {
      const app = await authorizeApp(context, actor, 'deployment.read', slug)
      const { items, nextCursor } = await storage.deployments.list(app.id, page)
      return { items: items.map(toDeployment), nextCursor }
    },

    async get(actor: Actor, id: string): Promise<DeploymentDetail> {
      const { deployment } = await authorizeDeployment(context, actor, 'deployment.read', id)
      return readDeploymentDetail(context, deployment)
    },

    async checks(actor: Actor, id: string): Promise<readonly PublishCheck[]> {
      const { app, deployment } = await authorizeDeployment(context, actor, 'deployment.read', id)
      return publishChecks(app, deployment.manifest)
    },

    async submit(actor: Actor, id: string): Promise<Deployment> {
      const { app, deployment } = await authorizeDeployment(context, actor, 'deployment.submit', id)
      requirePassingChecks(app, deployment.manifest)
      if (!app.autoApprove) return toDeployment(await step(actor, id, 'submit'))
      const { before } = await moveDeployment(context, id, 'submit')
      const { moved } = await moveDeployment(context, id, 'autoApprove')
      await auditMoved(context, actor, DEPLOYMENT_STEPS.submit.action, before, moved)
      return toDeployment(moved)
    },

    async withdraw(actor: Actor, id: string): Promise<Deployment> {
      await authorizeDeployment(context, actor, 'deployment.withdraw', id)
      return toDeployment(await step(actor, id, 'withdraw'))
    },

    /** @param rolloutPercent The part of the stable installations that it reaches for now. Default: all. */
    async publish(actor: Actor, id: string, rolloutPercent = 100): Promise<Deployment> {
      const { app, deployment } = await authorizeDeployment(context, actor, 'deployment.publish', id)
      requirePassingChecks(app, deployment.manifest)
      const published = await step(actor, id, 'publish', { rolloutPercent })
      await rollForward(context, running, published)
      return toDeployment(published)
    },

    async deprecate(actor: Actor, id: string): Promise<Deployment> {
      await authorizeDeployment(context, actor, 'deployment.deprecate', id)
      return toDeployment(await step(actor, id, 'deprecate'))
    },

    async restore(actor: Actor, id: string): Promise<Deployment> {
      await authorizeDeployment(context, actor, 'deployment.restore', id)
      return toDeployment(await step(actor, id, 'restore'))
    },
  }
}

const targetOf = (actor: Actor, input: CreateDeploymentInput): string | null => {
  if (input.deploymentType === 'production') {
    if (input.targetOrganizationId)
      throw invalidInput('A production deployment is for every organization. Leave targetOrganizationId out.', {
        targetOrganizationId: 'Only a development deployment is aimed at an organization.',
      })
    return null
  }
  const target = input.targetOrganizationId ?? (actor.kind === 'user' ? actor.organizationId : undefined)
  if (target) return target
  throw invalidInput('A development deployment is aimed at one organization. Send its id as targetOrganizationId.', {
    targetOrganizationId: 'The organization to develop in.',
  })
}

const isSameContent = (a: DeploymentRecord, b: DeploymentRecord): boolean =>
  a.clientBundleId === b.clientBundleId &&
  a.serverBundleId === b.serverBundleId &&
  a.targetOrganizationId === b.targetOrganizationId &&
  (a.deploymentType === 'production' || a.status === b.status) &&
  isDeepStrictEqual(a.manifest, b.manifest)
