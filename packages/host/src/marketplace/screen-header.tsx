import { useSouk } from '../souk-context'

interface ScreenHeaderProps {
  readonly title: string
  readonly description: string
}

export const ScreenHeader = ({ title, description }: ScreenHeaderProps) => {
  const { Heading, Stack, Text } = useSouk().registry.components
  return (
    <Stack gap="none">
      <Heading level="1">{title}</Heading>
      <Text tone="muted">{description}</Text>
    </Stack>
  )
}
