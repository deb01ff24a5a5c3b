import type { MeResponse } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { createAppService } from './apps'
import { createBundleService } from './bundles'
import { createCatalogService } from './catalog'
import { createDeploymentService } from './deployments'
import { createDeveloperAccountService } from './developer-accounts'
import { createDeviceLoginService } from './device-logins'
import { createExtensionService } from './extensions'
import { createFunctionService } from './functions'
import { createInstallationService } from './installations'
import { createMemberService } from './members'
import { createReviewService } from './review'
import { createRunningCalls } from './running-calls'
import { requireUser, type ServiceContext } from './service-context'
import { createSettingsService } from './settings'

/** All services over one context. */
export const createServices = (context: ServiceContext) => {
  const running = createRunningCalls()
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
    installations: createInstallationService(context, running),
    settings: createSettingsService(context),
    extensions: createExtensionService(context),
    functions: createFunctionService(context, running),
  }
}

export type Services = ReturnType<typeof createServices>
