import { createHash } from 'node:crypto'

/**
 * Whether a rollout reaches the installation at this percentage. The same for the same two ids, always; whoever it reaches at one
 * percentage it reaches at every higher one.
 */
export const isInRollout = (installationId: string, deploymentId: string, percent: number): boolean =>
  createHash('sha256').update(`${installationId}\n${deploymentId}`).digest().readUInt32BE(0) % 100 < percent
