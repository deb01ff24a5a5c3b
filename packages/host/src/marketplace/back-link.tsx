import { useSouk } from '../souk-context'

interface BackLinkProps {
  readonly label: string
  readonly onPress: () => void
}

export const BackLink = ({ label, onPress }: BackLinkProps) => {
  const { Button } = useSouk().registry.components
  return (
    <div className="souk-marketplace-back">
      <Button variant="quiet" size="small" onPress={onPress}>
        <span aria-hidden="true" className="souk-marketplace-back-arrow">
          ←
        </span>
        {label}
      </Button>
    </div>
  )
}
