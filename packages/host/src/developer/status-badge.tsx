import type { Deployment } from '@souk/extension-sdk/protocol'
import { useFormat } from '../marketplace/use-format'
import { useSouk } from '../souk-context'
import { useMessages } from './use-messages'

const TONES = {
  active: 'neutral',
  'pending-review': 'info',
  'in-review': 'info',
  approved: 'success',
  rejected: 'danger',
  withdrawn: 'neutral',
  published: 'success',
  deprecated: 'neutral',
} as const

/** How far a version has come, and whom a rollout under way reaches. */
export const StatusBadges = ({ deployment }: { readonly deployment: Deployment }) => {
  const messages = useMessages()
  const { Badge, Inline } = useSouk().registry.components
  const format = useFormat()
  const { status, rollout, deploymentType } = deployment
  return (
    <Inline gap="small">
      {deploymentType === 'development' ? <Badge tone="warning">{messages.types.development}</Badge> : null}
      <Badge tone={TONES[status]}>{messages.statuses[status]}</Badge>
      {status === 'published' && rollout?.status === 'rolling' ? (
        <Badge tone="info">{messages.rolloutShort(format.percent(rollout.percent))}</Badge>
      ) : null}
      {status === 'published' && rollout?.status === 'halted' ? (
        <Badge tone="danger">{messages.rolloutHaltedShort}</Badge>
      ) : null}
    </Inline>
  )
}
