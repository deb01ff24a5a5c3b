import type { DeploymentStatus, DeploymentType } from '@souk/extension-sdk/protocol'

type Moves = Readonly<Partial<Record<DeploymentStatus, readonly DeploymentStatus[]>>>

/** Where a deployment's status may go from each status. Every storage refuses any other move, whoever asks. */
export const DEPLOYMENT_MOVES: Readonly<Record<DeploymentType, Moves>> = {
  development: { active: ['deprecated'] },
  production: {
    active: ['pending-review'],
    // `approved` straight away: the app is approved without a review.
    'pending-review': ['in-review', 'withdrawn', 'approved'],
    'in-review': ['approved', 'rejected'],
    approved: ['published'],
    rejected: ['pending-review'],
    withdrawn: ['pending-review'],
    published: ['deprecated'],
    deprecated: ['published'],
  },
}

export const isAllowedMove = (type: DeploymentType, from: DeploymentStatus, to: DeploymentStatus): boolean =>
  DEPLOYMENT_MOVES[type][from]?.includes(to) ?? false
