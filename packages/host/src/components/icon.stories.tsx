import { standardContract } from '@souk/extension-sdk/protocol'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { Grid, Icon, Stack, Text } from './testing/registered'

const meta = {
  title: 'Components/Icon',
  component: Icon,
  args: { name: 'truck', label: 'Shipped' },
} satisfies Meta<typeof Icon>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

/** All of them. */
export const All: Story = {
  render: () => (
    <Grid columns={8} gap="medium">
      {standardContract.components.Icon.props.name.values.map((name) => (
        <Stack key={name} gap="small" align="center">
          <Icon name={name} size="large" />
          <Text size="small" tone="muted">
            {name}
          </Text>
        </Stack>
      ))}
    </Grid>
  ),
}
