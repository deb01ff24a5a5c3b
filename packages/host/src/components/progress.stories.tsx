import type { Meta, StoryObj } from '@storybook/react-vite'
import { Progress } from './testing/registered'

const meta = {
  title: 'Components/Progress',
  component: Progress,
  args: { label: 'Import', value: 64 },
} satisfies Meta<typeof Progress>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Indeterminate: Story = { args: { value: undefined } }
