import type { Meta, StoryObj } from '@storybook/react-vite'
import { Separator } from './testing/registered'

const meta = {
  title: 'Components/Separator',
  component: Separator,
} satisfies Meta<typeof Separator>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
