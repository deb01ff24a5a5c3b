import type { MeResponse } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { createAppEvents } from './app-events'
import { createAppService } from './apps'
import { createAuditLogService } from './audit-log'
import { createBundleService } from './bundles'
import { createCatalogService } from './catalog'
import { createConnectionService } from './connections/create-connection-service'
import { createDeploymentService } from './deployments'
import { createDeveloperAccountService } from './developer-accounts'
import { createDeviceLoginService } from './device-logins'
import { createExtensionService } from './extensions'
import { createFunctionService } from './functions'
import { createInstallationService } from './installations'
import { createMemberService } from './members'
import { createOAuthClientService } from './oauth-clients'
import { createReviewService } from './review'
import { createRolloutService } from './rollouts'
import { createFunctionRunner } from './run-function'
import { createStoppableRunner } from './run-stoppable'
import { createRunningCalls } from './running-calls'
import { requireUser, type ServiceContext } from './service-context'
import { createSettingsService } from './settings'
import { createToolService } from './tools'
import { createWebhookService } from './webhooks/create-webhook-service'

/** All services over one context. */
export const createServices = (context: ServiceContext) => {
  const running = createRunningCalls()
  const runFunction = createFunctionRunner(context)
  const appEvents = createAppEvents(context, runFunction)
  const rollouts = createRolloutService(context, running)
  const runStoppable = createStoppableRunner(context, runFunction, rollouts)
  const functions = createFunctionService(context, running, runStoppable)
  return {
    me(actor: Actor): MeResponse {
      const { userId, organizationId, role, reviewer } = requireUser(actor)
      authorize(actor, 'me.read', { type: 'organization', organizationId })
      return { userId, organizationId, role, reviewer }
    },
    developerAccounts: createDeveloperAccountService(context),
    members: createMemberService(context),
    deviceLogins: createDeviceLoginService(context),
    apps: createAppService(context),
    bundles: createBundleService(context),
    deployments: createDeploymentService(context, running),
    review: createReviewService(context),
    catalog: createCatalogService(context),
    installations: createInstallationService(context, running, appEvents),
    settings: createSettingsService(context, appEvents),
    extensions: createExtensionService(context),
    functions,
    tools: createToolService(context, functions),
    connections: createConnectionService(context, runFunction, appEvents),
    webhooks: createWebhookService(context, running, runStoppable),
    oauthClients: createOAuthClientService(context),
    rollouts,
    auditLog: createAuditLogService(context),
  }
}

export type Services = ReturnType<typeof createServices>
