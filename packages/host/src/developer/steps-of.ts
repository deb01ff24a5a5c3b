import type { Deployment } from '@souk/extension-sdk/protocol'

export type DeploymentStep = 'submit' | 'withdraw' | 'publish' | 'deprecate' | 'restore'

/** The steps its developer may take with a deployment. The server decides; this is what is offered. */
export const stepsOf = ({
  deploymentType,
  status,
}: Pick<Deployment, 'deploymentType' | 'status'>): readonly DeploymentStep[] => {
  if (deploymentType === 'development') return status === 'active' ? ['deprecate'] : []
  switch (status) {
    case 'active':
    case 'rejected':
    case 'withdrawn':
      return ['submit']
    case 'pending-review':
      return ['withdraw']
    case 'in-review':
      return []
    case 'approved':
      return ['publish']
    case 'published':
      return ['deprecate']
    case 'deprecated':
      return ['restore']
  }
}
