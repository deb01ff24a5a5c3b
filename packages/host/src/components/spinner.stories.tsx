import type { Meta, StoryObj } from '@storybook/react-vite'
import { Spinner } from './testing/registered'

const meta = {
  title: 'Components/Spinner',
  component: Spinner,
  args: { label: 'Loading orders' },
} satisfies Meta<typeof Spinner>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
