import { SoukError } from '../souk-error'
import type { InstallationRecord } from '../storage'
import { notInstalled } from './installation-access'
import type { RolloutService } from './rollouts'
import type { FunctionRun, FunctionRunResult, RunFunction } from './run-function'
import { type ServiceContext, takeToken } from './service-context'

/**
 * Runs a function of an installation until `stopped` aborts, which an uninstall or another version does, and counts its failure against a rollout.
 *
 * @throws {SoukError} What the function threw, or why it was stopped.
 */
export const createStoppableRunner = (
  { storage }: ServiceContext,
  runFunction: RunFunction,
  rollouts: RolloutService,
) => {
  const whyStopped = async ({ organizationId, id }: InstallationRecord): Promise<SoukError> => {
    const installation = await storage.installations.get(organizationId, id)
    return installation === null || installation.uninstalledAt !== null
      ? notInstalled()
      : new SoukError('CONFLICT', 'The app moved to another version during the call. Reload and try again.')
  }

  return (call: Omit<FunctionRun, 'whyStopped'>, stopped: AbortSignal): Promise<FunctionRunResult> =>
    runFunction({
      ...call,
      signal: call.signal ? AbortSignal.any([call.signal, stopped]) : stopped,
      whyStopped: async () => (stopped.aborted ? whyStopped(call.installation) : undefined),
    }).catch(async (error: unknown) => {
      if (error instanceof SoukError) await rollouts.afterFailure(call.deployment, call.installation, error.code)
      throw error
    })
}

export type RunStoppable = ReturnType<typeof createStoppableRunner>

/**
 * Takes a call from the buckets of who makes it, of the installation and of the app.
 *
 * @throws {SoukError} `RATE_LIMITED`
 */
export const takeCallTokens = (context: ServiceContext, caller: string, installation: InstallationRecord): void => {
  for (const [limiter, key] of [
    [context.functionCalls, `${caller}\n${installation.id}`],
    [context.installationCalls, installation.id],
    [context.appCalls, installation.appId],
  ] as const)
    takeToken(limiter, key, 'calls')
}
