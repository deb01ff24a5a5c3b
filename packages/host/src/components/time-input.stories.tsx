import type { Meta, StoryObj } from '@storybook/react-vite'
import { fn } from 'storybook/test'
import { TimeInput } from './testing/registered'

const meta = {
  title: 'Components/TimeInput',
  component: TimeInput,
  args: { label: 'At', value: '09:30', onChange: fn() },
} satisfies Meta<typeof TimeInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Empty: Story = { args: { value: '' } }
