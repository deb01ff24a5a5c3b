import type { InstallationEventRecord } from '../storage'

export interface HistoryEntry {
  readonly deploymentId: string
  readonly grantedScopes: readonly string[]
  readonly grantedEgress: readonly string[]
}

/**
 * What a rollback would return to: the deployment before the current one, with what was granted to it then.
 * The history is a stack, so that rolling back twice goes back two versions and not to and fro.
 *
 * @param events Newest first, as the storage lists them.
 */
export const previousDeployment = (events: readonly InstallationEventRecord[]): HistoryEntry | undefined => {
  const stack: HistoryEntry[] = []
  for (const { type, toDeploymentId, grantedScopes, grantedEgress } of [...events].reverse()) {
    if (toDeploymentId === null || type === 'uninstalled') continue
    if (type === 'rolled-back') {
      stack.pop()
      if (stack.at(-1)?.deploymentId === toDeploymentId) stack.pop()
    } else if (stack.at(-1)?.deploymentId === toDeploymentId) stack.pop()
    stack.push({ deploymentId: toDeploymentId, grantedScopes, grantedEgress })
  }
  return stack.at(-2)
}
