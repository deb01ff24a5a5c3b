import type { Meta, StoryObj } from '@storybook/react-vite'
import { Steps } from './testing/registered'

const meta = {
  title: 'Components/Steps',
  component: Steps,
  args: {
    label: 'Set up',
    current: 2,
    items: [
      { label: 'Connect', description: 'Your shop' },
      { label: 'Map fields' },
      { label: 'Test', description: 'With one order' },
    ],
  },
} satisfies Meta<typeof Steps>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
