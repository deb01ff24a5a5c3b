import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen } from 'storybook/test'
import { Button, Tooltip } from './testing/registered'

const meta = {
  title: 'Components/Tooltip',
  component: Tooltip,
  args: { content: 'Sends an e-mail to the customer', children: <Button>Remind</Button> },
} satisfies Meta<typeof Tooltip>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ userEvent }) => {
    await userEvent.tab()
    await expect(await screen.findByRole('tooltip')).toHaveTextContent('Sends an e-mail to the customer')
  },
}
