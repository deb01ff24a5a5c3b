import { notFound, SoukError } from '../souk-error'
import { type DeploymentMove, type DeploymentRecord, isAllowedMove } from '../storage'
import { DEPLOYMENT_STEPS, type DeploymentStep, type DeploymentStepName } from './deployment-steps'
import { orConflict, type ServiceContext } from './service-context'

export const ONE_ROLLOUT =
  'Another version of this app is being rolled out. Raise it to 100 or halt it first (souk rollout), then try again.'

type MoveDetails = Pick<DeploymentMove, 'reviewedBy' | 'rejectionReason' | 'rolloutPercent'>

/** Takes a deployment one step along the table. Who may do so was checked before. */
export const moveDeployment = async (
  { storage, now }: ServiceContext,
  id: string,
  name: DeploymentStepName,
  details: MoveDetails = {},
): Promise<{ readonly before: DeploymentRecord; readonly moved: DeploymentRecord }> => {
  const step: DeploymentStep = DEPLOYMENT_STEPS[name]
  const deployment = await storage.deployments.get(id)
  if (!deployment) throw notFound('deployment')
  const { deploymentType, status } = deployment
  const from = step.from.filter((origin) => isAllowedMove(deploymentType, origin, step.to))
  const refusal = new SoukError(
    'CONFLICT',
    `The ${deploymentType} deployment ${deployment.version} is ${status}, so it cannot be moved to ${step.to}. Reload it to see what it can do next.`,
  )
  if (!step.types.includes(deploymentType) || !from.includes(status)) throw refusal
  const moved = await orConflict(
    storage.deployments.move(id, {
      to: step.to,
      from,
      ...details,
      ...(details.reviewedBy === undefined ? {} : { reviewedAt: now() }),
      ...(name === 'publish' ? { publishedAt: now() } : {}),
      // A new submission starts without the reason of the last refusal.
      ...(name === 'submit' ? { rejectionReason: null } : {}),
    }),
    name === 'publish' || name === 'restore'
      ? ONE_ROLLOUT
      : 'Another version of this app is under review already. Wait for its review or withdraw it, then submit again.',
  )
  if (!moved) throw refusal
  return { before: deployment, moved }
}
