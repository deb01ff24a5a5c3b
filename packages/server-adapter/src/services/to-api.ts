import type {
  AppListing,
  CatalogApp,
  CatalogDeployment,
  Deployment,
  DeveloperAccount,
  DeveloperApp,
} from '@souk/extension-sdk/protocol'
import type { AppRecord, DeploymentRecord, DeveloperAccountRecord } from '../storage'

/** From rows to what the API answers: only what is named here leaves the server. */

export const toListing = (app: AppRecord): AppListing => ({
  title: app.title,
  description: app.description,
  category: app.category,
  tags: app.tags,
  avatarUrl: app.avatarUrl,
  overview: app.overview,
  contentHowItWorks: app.contentHowItWorks,
  contentConfigure: app.contentConfigure,
  screenshots: app.screenshots,
  websiteUrl: app.websiteUrl,
  documentationUrl: app.documentationUrl,
  supportUrl: app.supportUrl,
  termsUrl: app.termsUrl,
})

export const toDeveloperAccount = ({ id, slug, title, logoUrl }: DeveloperAccountRecord): DeveloperAccount => ({
  id,
  slug,
  title,
  logoUrl,
})

export const toCatalogDeveloper = ({ slug, title, logoUrl }: DeveloperAccountRecord): CatalogApp['developer'] => ({
  slug,
  title,
  logoUrl,
})

export const toDeveloperApp = (app: AppRecord): DeveloperApp => ({
  id: app.id,
  slug: app.slug,
  developerAccountId: app.developerAccountId,
  ...toListing(app),
  publicationStatus: app.publicationStatus,
  reviewStatus: app.reviewStatus,
  verified: app.verified,
  autoApprove: app.autoApprove,
})

export const toDeployment = (deployment: DeploymentRecord): Deployment => ({
  id: deployment.id,
  appId: deployment.appId,
  deploymentType: deployment.deploymentType,
  version: deployment.version,
  status: deployment.status,
  clientBundleId: deployment.clientBundleId,
  serverBundleId: deployment.serverBundleId,
  manifest: deployment.manifest,
  targetOrganizationId: deployment.targetOrganizationId,
  releaseNotes: deployment.releaseNotes,
  rejectionReason: deployment.rejectionReason,
  createdAt: deployment.createdAt.toISOString(),
  createdBy: deployment.createdBy,
  reviewedAt: deployment.reviewedAt?.toISOString() ?? null,
  publishedAt: deployment.publishedAt?.toISOString() ?? null,
  rollout: toRollout(deployment),
})

const toRollout = (deployment: DeploymentRecord): Deployment['rollout'] =>
  deployment.publishedAt && {
    percent: deployment.rolloutPercent,
    status: deployment.rolloutHaltCode ? 'halted' : deployment.rolloutPercent < 100 ? 'rolling' : 'complete',
    haltCode: deployment.rolloutHaltCode,
    haltedAt: deployment.rolloutHaltedAt?.toISOString() ?? null,
  }

export const toCatalogDeployment = ({
  id,
  version,
  deploymentType,
  publishedAt,
  releaseNotes,
  manifest,
}: DeploymentRecord): CatalogDeployment => ({
  id,
  version,
  deploymentType,
  publishedAt: publishedAt?.toISOString() ?? null,
  releaseNotes,
  scopes: manifest.scopes,
  egress: manifest.egress.server.map(({ host, purpose }) => ({ host, purpose })),
  surfaces: manifest.surfaces,
  settings: manifest.settings,
  ...(manifest.connections?.length
    ? {
        connections: manifest.connections.map(({ id, label, scope, reveal, attach }) => ({
          id,
          label,
          scope,
          revealed: reveal === true,
          hosts: [...new Set(attach?.map(({ host }) => host))],
        })),
      }
    : {}),
  ...(manifest.tools?.length
    ? { tools: manifest.tools.map(({ id, name, description }) => ({ id, title: name, description })) }
    : {}),
})
