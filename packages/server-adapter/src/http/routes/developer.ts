import { z } from '@hono/zod-openapi'
import { MAX_BUNDLE_BYTES } from '../../services/bundles'
import type { Services } from '../../services/create-services'
import { readBytes } from '../read-body'
import { defineRoute, type Route } from '../route'
import {
  accountSchema,
  apiKeySchema,
  bundleSchema,
  checkSchema,
  createAccountBody,
  createAppBody,
  createDeploymentBody,
  createKeyBody,
  deploymentSchema,
  developerAppSchema,
  emptyBody,
  idParams,
  idSchema,
  listingBody,
  listOf,
  newApiKeySchema,
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
    method: 'post',
    path: '/developer/accounts',
    summary: 'Opens a developer account.',
    tag,
    body: createAccountBody,
    status: 201,
    response: accountSchema,
    handle: ({ actor, body }) => services.developerAccounts.create(actor, body),
  }),
  defineRoute({
    method: 'get',
    path: '/developer/accounts',
    summary: 'The developer accounts of the caller.',
    tag,
    response: listOf(accountSchema),
    handle: async ({ actor }) => ({ items: await services.developerAccounts.list(actor) }),
  }),
  defineRoute({
    method: 'post',
    path: '/developer/accounts/{id}/api-keys',
    summary: 'Makes an API key. It is shown once.',
    tag,
    params: idParams,
    body: createKeyBody,
    status: 201,
    response: newApiKeySchema,
    handle: ({ actor, params, body }) => services.developerAccounts.createKey(actor, params.id, body.name),
  }),
  defineRoute({
    method: 'get',
    path: '/developer/accounts/{id}/api-keys',
    summary: 'The API keys of an account, without the keys themselves.',
    tag,
    params: idParams,
    response: listOf(apiKeySchema),
    handle: async ({ actor, params }) => ({ items: await services.developerAccounts.listKeys(actor, params.id) }),
  }),
  defineRoute({
    method: 'delete',
    path: '/developer/accounts/{id}/api-keys/{keyId}',
    summary: 'Revokes an API key.',
    tag,
    params: keyParams,
    response: apiKeySchema,
    handle: ({ actor, params }) => services.developerAccounts.revokeKey(actor, params.id, params.keyId),
  }),
  defineRoute({
    method: 'get',
    path: '/developer/apps',
    summary: 'The apps of the caller.',
    tag,
    response: listOf(developerAppSchema),
    handle: async ({ actor }) => ({ items: await services.apps.list(actor) }),
  }),
  defineRoute({
    method: 'post',
    path: '/developer/apps',
    summary: 'Creates an app.',
    tag,
    body: createAppBody,
    maxBodyBytes: 2 * 1024 * 1024,
    status: 201,
    response: developerAppSchema,
    handle: ({ actor, body }) => services.apps.create(actor, body),
  }),
  defineRoute({
    method: 'get',
    path: '/developer/apps/{slug}',
    summary: 'One app.',
    tag,
    params: slugParams,
    response: developerAppSchema,
    handle: ({ actor, params }) => services.apps.get(actor, params.slug),
  }),
  defineRoute({
    method: 'patch',
    path: '/developer/apps/{slug}',
    summary: 'Changes how an app presents itself.',
    tag,
    params: slugParams,
    body: listingBody,
    maxBodyBytes: 2 * 1024 * 1024,
    response: developerAppSchema,
    handle: ({ actor, params, body }) => services.apps.update(actor, params.slug, body),
  }),
  defineRoute({
    method: 'get',
    path: '/developer/apps/{slug}/bundles/{type}/{sha256}',
    summary: 'Whether a bundle was uploaded. HEAD answers the same without a body.',
    tag,
    params: bundleParams,
    response: bundleSchema,
    handle: ({ actor, params }) => services.bundles.get(actor, params.slug, params.type, params.sha256),
  }),
  defineRoute({
    method: 'put',
    path: '/developer/apps/{slug}/bundles/{type}/{sha256}',
    summary: 'Uploads a bundle under its hash.',
    tag,
    params: bundleParams,
    rawBody: 'text/javascript',
    response: bundleSchema,
    handle: ({ actor, params, request }) =>
      services.bundles.upload(actor, params.slug, params.type, params.sha256, () =>
        readBytes(request, MAX_BUNDLE_BYTES[params.type]),
      ),
  }),
  defineRoute({
    method: 'get',
    path: '/developer/apps/{slug}/deployments',
    summary: 'The versions of an app, newest first.',
    tag,
    params: slugParams,
    response: listOf(deploymentSchema),
    handle: async ({ actor, params }) => ({ items: await services.deployments.list(actor, params.slug) }),
  }),
  defineRoute({
    method: 'post',
    path: '/developer/apps/{slug}/deployments',
    summary: 'Deploys a version. The same version with the same content is the same deployment (200).',
    tag,
    params: slugParams,
    body: createDeploymentBody,
    maxBodyBytes: 1024 * 1024,
    status: 201,
    response: deploymentSchema,
    handle: async ({ actor, params, body, setStatus }) => {
      const { created, deployment } = await services.deployments.create(actor, params.slug, body)
      if (!created) setStatus(200)
      return deployment
    },
  }),
  ...(['submit', 'withdraw', 'publish', 'deprecate', 'restore'] as const).map((step) =>
    defineRoute({
      method: 'post',
      path: `/developer/deployments/{id}/${step}`,
      summary: `Moves a deployment on: ${step}.`,
      tag,
      params: idParams,
      body: emptyBody,
      response: deploymentSchema,
      handle: ({ actor, params }) => services.deployments[step](actor, params.id),
    }),
  ),
  defineRoute({
    method: 'get',
    path: '/developer/deployments/{id}/checks',
    summary: 'What the publish checks find.',
    tag,
    params: idParams,
    response: listOf(checkSchema),
    handle: async ({ actor, params }) => ({ items: await services.deployments.checks(actor, params.id) }),
  }),
]
