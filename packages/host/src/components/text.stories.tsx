import type { Meta, StoryObj } from '@storybook/react-vite'
import { Stack, Text } from './testing/registered'

const meta = {
  title: 'Components/Text',
  component: Text,
  args: { children: 'The parcel left our warehouse this morning.' },
} satisfies Meta<typeof Text>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Tones: Story = {
  render: () => (
    <Stack gap="small">
      <Text>Default</Text>
      <Text tone="muted">Muted</Text>
      <Text tone="info">Info</Text>
      <Text tone="success">Success</Text>
      <Text tone="warning">Warning</Text>
      <Text tone="danger">Danger</Text>
      <Text size="small">Small</Text>
      <Text size="large" weight="bold">
        Large and bold
      </Text>
    </Stack>
  ),
}

export const Dark: Story = { ...Tones, globals: { theme: 'dark' } }
