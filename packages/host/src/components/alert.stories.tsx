import type { Meta, StoryObj } from '@storybook/react-vite'
import { Alert, Button, Stack } from './testing/registered'

const meta = {
  title: 'Components/Alert',
  component: Alert,
  args: { tone: 'info', title: 'The order is on its way', children: 'It should arrive on Tuesday.' },
} satisfies Meta<typeof Alert>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Tones: Story = {
  render: () => (
    <Stack>
      <Alert tone="neutral">Nothing to do.</Alert>
      <Alert tone="info" title="On its way">
        It should arrive on Tuesday.
      </Alert>
      <Alert tone="success" title="Refunded" />
      <Alert tone="warning" title="Two items are missing">
        We are looking for them.
      </Alert>
      <Alert tone="danger" title="The card was refused" actions={<Button size="small">Try again</Button>}>
        The bank did not say why.
      </Alert>
    </Stack>
  ),
}

export const Dark: Story = { ...Tones, globals: { theme: 'dark' } }
