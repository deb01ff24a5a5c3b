import type { DeploymentStatus, DeploymentType } from '@souk/extension-sdk/protocol'
import type { Action } from '../policy'
import type { DeploymentRecord } from '../storage'

export interface DeploymentStep {
  readonly types: readonly DeploymentType[]
  readonly from: readonly DeploymentStatus[]
  readonly to: DeploymentStatus
  /** Who may make it: the row of the policy. */
  readonly action: Action
}

/** The life of a deployment: every step there is, and who makes it. `storage/deployment-moves.ts` says the same to the database. */
export const DEPLOYMENT_STEPS = {
  submit: {
    types: ['production'],
    from: ['active', 'withdrawn', 'rejected'],
    to: 'pending-review',
    action: 'deployment.submit',
  },
  /** Follows a submission at once when the app is approved without a review. */
  autoApprove: { types: ['production'], from: ['pending-review'], to: 'approved', action: 'deployment.submit' },
  withdraw: { types: ['production'], from: ['pending-review'], to: 'withdrawn', action: 'deployment.withdraw' },
  start: { types: ['production'], from: ['pending-review'], to: 'in-review', action: 'review.start' },
  approve: { types: ['production'], from: ['in-review'], to: 'approved', action: 'review.approve' },
  reject: { types: ['production'], from: ['in-review'], to: 'rejected', action: 'review.reject' },
  publish: { types: ['production'], from: ['approved'], to: 'published', action: 'deployment.publish' },
  deprecate: {
    types: ['production', 'development'],
    from: ['published', 'active'],
    to: 'deprecated',
    action: 'deployment.deprecate',
  },
  restore: { types: ['production'], from: ['deprecated'], to: 'published', action: 'deployment.restore' },
} as const satisfies Record<string, DeploymentStep>

export type DeploymentStepName = keyof typeof DEPLOYMENT_STEPS

/** Whether its code may run in the organization. */
export const isRunnable = (deployment: DeploymentRecord, organizationId: string): boolean =>
  deployment.deploymentType === 'production'
    ? deployment.status === 'published' || deployment.status === 'deprecated'
    : deployment.status === 'active' && deployment.targetOrganizationId === organizationId

/** Whether the organization may move to it: what is deprecated or halted keeps running where it is, and is not installed anew. */
export const isInstallable = (deployment: DeploymentRecord, organizationId: string): boolean =>
  isRunnable(deployment, organizationId) && deployment.status !== 'deprecated' && deployment.rolloutHaltedAt === null
