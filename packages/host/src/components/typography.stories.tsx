import type { Meta, StoryObj } from '@storybook/react-vite'
import { Stack, Typography } from './testing/registered'

const meta = {
  title: 'Components/Typography',
  component: Typography,
  args: { children: 'Twelve parcels left today' },
} satisfies Meta<typeof Typography>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

/** The whole scale. */
export const Scale: Story = {
  render: () => (
    <Stack gap="small">
      {(['display', 'title', 'subtitle', 'body', 'caption', 'overline'] as const).map((variant) => (
        <Typography key={variant} variant={variant}>
          {variant}: twelve parcels left today
        </Typography>
      ))}
    </Stack>
  ),
}
