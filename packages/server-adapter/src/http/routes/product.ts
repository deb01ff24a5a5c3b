import { z } from '@hono/zod-openapi'
import {
  callFunction,
  getCatalogApp,
  getInstallation,
  getMe,
  install,
  listExtensions,
  listFunctionCalls,
  listInstallationEvents,
  listInstallations,
  moveToChannel,
  readSettings,
  rollbackInstallation,
  saveSettings,
  searchCatalog,
  uninstall,
  upgradeInstallation,
} from '@souk/extension-sdk/protocol'
import type { Services } from '../../services/create-services'
import { MAX_ARGUMENT_BYTES } from '../../services/functions'
import { defineRoute, type Route } from '../route'
import {
  catalogQuery,
  channelBody,
  emptyBody,
  functionCallBody,
  idParams,
  idSchema,
  installBody,
  pageQuery,
  settingsBody,
  slugParams,
  upgradeBody,
} from '../schemas'

const settingsParams = z.object({ id: idSchema, scope: z.enum(['organization', 'user']) })
const tag = 'Product'

/** What the host calls for a signed-in user of the product. */
export const productRoutes = (services: Services): readonly Route[] => [
  defineRoute({
    operation: getMe,
    summary: 'Who is signed in.',
    tag,
    handle: ({ actor }) => services.me(actor),
  }),
  defineRoute({
    operation: searchCatalog,
    summary: 'The apps the organization may install.',
    tag,
    query: catalogQuery,
    handle: ({ actor, query }) => services.catalog.search(actor, query),
  }),
  defineRoute({
    operation: getCatalogApp,
    summary: 'One app of the catalogue.',
    tag,
    params: slugParams,
    handle: ({ actor, params }) => services.catalog.get(actor, params.slug),
  }),
  defineRoute({
    operation: listExtensions,
    summary: 'What runs in the organization, for the host to draw.',
    tag,
    handle: async ({ actor }) => ({ items: await services.extensions.list(actor) }),
  }),
  defineRoute({
    operation: listInstallations,
    summary: 'The installed apps.',
    tag,
    query: pageQuery,
    handle: ({ actor, query }) => services.installations.list(actor, query),
  }),
  defineRoute({
    operation: install,
    summary: 'Installs an app with the consent of an administrator, or installs it again.',
    tag,
    body: installBody,
    status: 201,
    handle: ({ actor, body }) => services.installations.install(actor, body),
  }),
  defineRoute({
    operation: getInstallation,
    summary: 'One installation.',
    tag,
    params: idParams,
    handle: ({ actor, params }) => services.installations.get(actor, params.id),
  }),
  defineRoute({
    operation: upgradeInstallation,
    summary: 'Moves to another version.',
    tag,
    params: idParams,
    body: upgradeBody,
    handle: ({ actor, params, body }) => services.installations.upgrade(actor, params.id, body),
  }),
  defineRoute({
    operation: rollbackInstallation,
    summary: 'Returns to the version before.',
    tag,
    params: idParams,
    body: emptyBody,
    handle: ({ actor, params }) => services.installations.rollback(actor, params.id),
  }),
  defineRoute({
    operation: moveToChannel,
    summary: 'Lets the installation follow what is published, or pins it where it is.',
    tag,
    params: idParams,
    body: channelBody,
    handle: ({ actor, params, body }) => services.installations.moveToChannel(actor, params.id, body.channel),
  }),
  defineRoute({
    operation: uninstall,
    summary: 'Stops the app at once. Settings are kept.',
    tag,
    params: idParams,
    body: emptyBody,
    handle: ({ actor, params }) => services.installations.uninstall(actor, params.id),
  }),
  defineRoute({
    operation: listInstallationEvents,
    summary: 'What happened to the installation, newest first.',
    tag,
    params: idParams,
    query: pageQuery,
    handle: ({ actor, params, query }) => services.installations.events(actor, params.id, query),
  }),
  defineRoute({
    operation: readSettings,
    summary: 'The settings of the organization or of the user, without secrets.',
    tag,
    params: settingsParams,
    handle: ({ actor, params }) => services.settings.read(actor, params.id, params.scope),
  }),
  defineRoute({
    operation: saveSettings,
    summary: 'Saves the settings that are sent; null removes one, a secret that is left out stays.',
    tag,
    params: settingsParams,
    body: settingsBody,
    handle: ({ actor, params, body }) => services.settings.write(actor, params.id, params.scope, body.values),
  }),
  defineRoute({
    operation: callFunction,
    summary: 'Calls a server function of the installed version.',
    tag,
    params: idParams,
    body: functionCallBody,
    // The arguments are a text of JSON inside JSON: quoting at most triples what is not control characters.
    maxBodyBytes: MAX_ARGUMENT_BYTES * 3,
    handle: ({ actor, params, body, traceId, signal }) =>
      services.functions.call(actor, params.id, body, { traceId, ...(signal ? { signal } : {}) }),
  }),
  defineRoute({
    operation: listFunctionCalls,
    summary: 'The calls of server functions, newest first.',
    tag,
    params: idParams,
    query: pageQuery,
    handle: ({ actor, params, query }) => services.functions.logs(actor, params.id, query),
  }),
]
