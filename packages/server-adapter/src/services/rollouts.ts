import type { Deployment, Rollout, RolloutHaltCode } from '@souk/extension-sdk/protocol'
import type { Actor } from '../policy'
import { SoukError } from '../souk-error'
import type { DeploymentRecord, InstallationRecord } from '../storage'
import { audit, type SOUK_ACTOR } from './audit'
import { changedFields } from './changed-fields'
import { authorizeDeployment } from './developer-access'
import { ONE_ROLLOUT } from './move-deployment'
import { rollBack, rollBackAll } from './roll-back'
import { rollForward } from './roll-forward'
import { exceedsBudget, FAULT_CODES, type RolloutCount } from './rollout-budget'
import type { RunningCalls } from './running-calls'
import { orConflict, type ServiceContext } from './service-context'
import { toDeployment } from './to-api'

/** Versions that reach a part of the stable installations, more of them step by step, and none when too much fails. */
export const createRolloutService = (context: ServiceContext, running: RunningCalls) => {
  const { storage, now, rolloutBudget } = context
  /** What is looked at in this process now: of many failures at once, one counts. */
  const watched = new Map<string, Promise<void>>()

  const count = async ({ id, rolloutSince }: DeploymentRecord): Promise<RolloutCount> => {
    const from = Math.max(now().getTime() - rolloutBudget.windowMs, rolloutSince?.getTime() ?? 0)
    const [tally, installations] = await Promise.all([
      storage.functionCalls.tally(id, new Date(from), FAULT_CODES),
      storage.installations.countStableAt(id),
    ])
    return { ...tally, installations }
  }

  const auditMove = async (
    actor: Actor | typeof SOUK_ACTOR,
    action: 'rollout.raise' | 'rollout.halt',
    before: DeploymentRecord,
    after: DeploymentRecord,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<void> => {
    const app = await storage.apps.get(after.appId)
    const stateOf = ({ rolloutPercent, rolloutHaltCode }: DeploymentRecord) => ({ rolloutPercent, rolloutHaltCode })
    await audit(
      context,
      actor,
      action,
      {
        type: 'deployment',
        id: after.id,
        ...(app ? { developerAccountId: app.developerAccountId } : {}),
      },
      changedFields(stateOf(before), { ...stateOf(after), ...details }),
    )
  }

  const halt = async (
    actor: Actor | typeof SOUK_ACTOR,
    deployment: DeploymentRecord,
    code: RolloutHaltCode,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<DeploymentRecord | null> => {
    const halted = await storage.deployments.haltRollout(deployment.id, { code, at: now() })
    if (!halted) return null
    await auditMove(actor, 'rollout.halt', deployment, halted, details)
    await rollBackAll(context, running, halted)
    return halted
  }

  const watch = async (deploymentId: string, installation: InstallationRecord): Promise<void> => {
    const deployment = await storage.deployments.get(deploymentId)
    if (!deployment || deployment.rolloutPercent === 100) return
    // Whoever halted it may not have come to the end.
    if (deployment.rolloutHaltedAt !== null) return leave(deployment.id, installation)
    const counted = await count(deployment)
    if (!exceedsBudget(rolloutBudget, counted)) return
    const { calls, failed } = counted
    await halt('souk', deployment, 'ERROR_BUDGET_EXCEEDED', { calls, failedCalls: failed })
  }

  const leave = async (deploymentId: string, { organizationId, id }: InstallationRecord): Promise<void> => {
    const installation = await storage.installations.get(organizationId, id)
    if (installation?.currentDeploymentId === deploymentId && installation.channel === 'stable')
      await rollBack(context, running, installation)
  }

  return {
    /** After a call that failed by the fault of a version that reaches a part of its installations. Never rejects. */
    afterFailure(
      { id, rolloutPercent }: DeploymentRecord,
      installation: InstallationRecord,
      code: string,
    ): Promise<void> {
      if (rolloutPercent === 100 || !FAULT_CODES.some((fault) => fault === code)) return Promise.resolve()
      const known = watched.get(id)
      if (known) return known
      const watching = watch(id, installation)
        .catch((error: unknown) => context.onError(error, {}))
        .finally(() => watched.delete(id))
      watched.set(id, watching)
      return watching
    },

    async status(actor: Actor, id: string): Promise<Rollout> {
      const { deployment } = await authorizeDeployment(context, actor, 'deployment.read', id)
      const { calls, failed, installations } = await count(deployment)
      const { windowMs, minCalls, maxFailedShare } = rolloutBudget
      return {
        deployment: toDeployment(deployment),
        installations,
        calls,
        failedCalls: failed,
        budget: { windowMs, minCalls, maxFailedShare },
      }
    },

    /** Reaches more; whoever is reached stays reached. At 100 it is offered to everybody. */
    async raise(actor: Actor, id: string, percent: number, resume: boolean): Promise<Deployment> {
      const { deployment } = await authorizeDeployment(context, actor, 'rollout.raise', id)
      const raised = await orConflict(storage.deployments.raiseRollout(id, { percent, resume, at: now() }), ONE_ROLLOUT)
      if (!raised) throw await whyNotRaised(id, percent)
      await auditMove(actor, 'rollout.raise', deployment, raised)
      await rollForward(context, running, raised)
      return toDeployment(raised)
    },

    /** Takes it back: who came to the version on their own return to the one before. */
    async halt(actor: Actor, id: string): Promise<Deployment> {
      const { deployment } = await authorizeDeployment(context, actor, 'rollout.halt', id)
      const halted = await halt(actor, deployment, 'HALTED_BY_DEVELOPER')
      if (halted) return toDeployment(halted)
      throw new SoukError(
        'CONFLICT',
        `Version ${deployment.version} is not being rolled out, so there is nothing to halt. Reload it to see how far it is.`,
      )
    },
  }

  async function whyNotRaised(id: string, percent: number): Promise<SoukError> {
    const deployment = await storage.deployments.get(id)
    if (deployment?.status === 'published' && deployment.rolloutHaltCode !== null)
      return new SoukError(
        'ROLLOUT_HALTED',
        `The rollout of version ${deployment.version} was halted (${deployment.rolloutHaltCode}). Publish a version that puts it right, or resume this one.`,
      )
    return new SoukError(
      'CONFLICT',
      deployment?.status === 'published' && deployment.deploymentType === 'production'
        ? `Version ${deployment.version} reaches ${deployment.rolloutPercent} % already, and a rollout is not taken back to ${percent} %. Halt it instead.`
        : 'Only a published version is rolled out. Publish it first.',
    )
  }
}

export type RolloutService = ReturnType<typeof createRolloutService>
