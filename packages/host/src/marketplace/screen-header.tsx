import { useSouk } from '../souk-context'
import { ScreenTitle } from './screen-title'

interface ScreenHeaderProps {
  readonly title: string
  readonly description: string
}

export const ScreenHeader = ({ title, description }: ScreenHeaderProps) => {
  const { Stack, Text } = useSouk().registry.components
  return (
    <Stack gap="none">
      <ScreenTitle>{title}</ScreenTitle>
      <Text tone="muted">{description}</Text>
    </Stack>
  )
}
