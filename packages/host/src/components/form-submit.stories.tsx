import type { Meta, StoryObj } from '@storybook/react-vite'
import { FormSubmit } from './testing/registered'

const meta = {
  title: 'Components/FormSubmit',
  component: FormSubmit,
  args: { children: 'Send refund' },
} satisfies Meta<typeof FormSubmit>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Loading: Story = { args: { loading: true, loadingText: 'Sending' } }

export const Danger: Story = { args: { variant: 'danger', children: 'Delete everything' } }
