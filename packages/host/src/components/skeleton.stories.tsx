import type { Meta, StoryObj } from '@storybook/react-vite'
import { Skeleton } from './testing/registered'

const meta = {
  title: 'Components/Skeleton',
  component: Skeleton,
  args: { lines: 4 },
} satisfies Meta<typeof Skeleton>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
