import { z } from '@hono/zod-openapi'
import {
  createApiKey,
  createApp,
  createDeployment,
  createDeveloperAccount,
  DEPLOYMENT_STEP_OPERATIONS,
  findBundle,
  getApp,
  listApiKeys,
  listApps,
  listDeployments,
  listDeveloperAccounts,
  listPublishChecks,
  revokeApiKey,
  updateApp,
  uploadBundle,
} from '@souk/extension-sdk/protocol'
import { MAX_BUNDLE_BYTES } from '../../services/bundles'
import type { Services } from '../../services/create-services'
import { defineRoute, type Route } from '../route'
import {
  createAccountBody,
  createAppBody,
  createDeploymentBody,
  createKeyBody,
  emptyBody,
  idParams,
  idSchema,
  listingBody,
  pageQuery,
  sha256Schema,
  slugParams,
  slugSchema,
} from '../schemas'

const bundleParams = z.object({ slug: slugSchema, type: z.enum(['client', 'server']), sha256: sha256Schema })
const keyParams = z.object({ id: idSchema, keyId: idSchema })
const tag = 'Developer'

/** What developers do, in the product or on the command line. */
export const developerRoutes = (services: Services): readonly Route[] => [
  defineRoute({
    operation: createDeveloperAccount,
    summary: 'Opens a developer account.',
    tag,
    body: createAccountBody,
    status: 201,
    handle: ({ actor, body }) => services.developerAccounts.create(actor, body),
  }),
  defineRoute({
    operation: listDeveloperAccounts,
    summary: 'The developer accounts of the caller.',
    tag,
    query: pageQuery,
    handle: ({ actor, query }) => services.developerAccounts.list(actor, query),
  }),
  defineRoute({
    operation: createApiKey,
    summary: 'Makes an API key. It is shown once.',
    tag,
    params: idParams,
    body: createKeyBody,
    status: 201,
    handle: ({ actor, params, body }) => services.developerAccounts.createKey(actor, params.id, body),
  }),
  defineRoute({
    operation: listApiKeys,
    summary: 'The API keys of an account, without the keys themselves.',
    tag,
    params: idParams,
    query: pageQuery,
    handle: ({ actor, params, query }) => services.developerAccounts.listKeys(actor, params.id, query),
  }),
  defineRoute({
    operation: revokeApiKey,
    summary: 'Revokes an API key.',
    tag,
    params: keyParams,
    handle: ({ actor, params }) => services.developerAccounts.revokeKey(actor, params.id, params.keyId),
  }),
  defineRoute({
    operation: listApps,
    summary: 'The apps of the caller.',
    tag,
    query: pageQuery,
    handle: ({ actor, query }) => services.apps.list(actor, query),
  }),
  defineRoute({
    operation: createApp,
    summary: 'Creates an app.',
    tag,
    body: createAppBody,
    maxBodyBytes: 2 * 1024 * 1024,
    status: 201,
    handle: ({ actor, body }) => services.apps.create(actor, body),
  }),
  defineRoute({
    operation: getApp,
    summary: 'One app.',
    tag,
    params: slugParams,
    handle: ({ actor, params }) => services.apps.get(actor, params.slug),
  }),
  defineRoute({
    operation: updateApp,
    summary: 'Changes how an app presents itself.',
    tag,
    params: slugParams,
    body: listingBody,
    maxBodyBytes: 2 * 1024 * 1024,
    handle: ({ actor, params, body }) => services.apps.update(actor, params.slug, body),
  }),
  defineRoute({
    operation: findBundle,
    summary: 'Whether a bundle was uploaded. HEAD answers the same without a body.',
    tag,
    params: bundleParams,
    handle: ({ actor, params }) => services.bundles.get(actor, params.slug, params.type, params.sha256),
  }),
  defineRoute({
    operation: uploadBundle,
    summary: 'Uploads a bundle under its hash.',
    tag,
    params: bundleParams,
    rawBody: 'text/javascript',
    handle: ({ actor, params, readBytes }) =>
      services.bundles.upload(actor, params.slug, params.type, params.sha256, () =>
        readBytes(MAX_BUNDLE_BYTES[params.type]),
      ),
  }),
  defineRoute({
    operation: listDeployments,
    summary: 'The versions of an app, newest first.',
    tag,
    params: slugParams,
    query: pageQuery,
    handle: ({ actor, params, query }) => services.deployments.list(actor, params.slug, query),
  }),
  defineRoute({
    operation: createDeployment,
    summary: 'Deploys a version. The same version with the same content is the same deployment (200).',
    tag,
    params: slugParams,
    body: createDeploymentBody,
    maxBodyBytes: 1024 * 1024,
    status: 201,
    handle: async ({ actor, params, body, setStatus }) => {
      const { created, deployment } = await services.deployments.create(actor, params.slug, body)
      if (!created) setStatus(200)
      return deployment
    },
  }),
  ...(['submit', 'withdraw', 'publish', 'deprecate', 'restore'] as const).map((step) =>
    defineRoute({
      operation: DEPLOYMENT_STEP_OPERATIONS[step],
      summary: `Moves a deployment on: ${step}.`,
      tag,
      params: idParams,
      body: emptyBody,
      handle: ({ actor, params }) => services.deployments[step](actor, params.id),
    }),
  ),
  defineRoute({
    operation: listPublishChecks,
    summary: 'What the publish checks find.',
    tag,
    params: idParams,
    handle: async ({ actor, params }) => ({ items: await services.deployments.checks(actor, params.id) }),
  }),
]
