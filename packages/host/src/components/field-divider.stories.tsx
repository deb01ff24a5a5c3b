import type { Meta, StoryObj } from '@storybook/react-vite'
import { FieldDivider, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/FieldDivider',
  component: FieldDivider,
  args: { label: 'Or' },
  decorators: [
    (Story) => (
      <WorkflowPanel
        label="Send mail"
        values={{ subject: 'Your order', copies: 2, notify: true, way: 'mail' }}
        variables={[{ value: 'contact.name', label: 'Name', group: 'Contact' }]}
      >
        <Story />
      </WorkflowPanel>
    ),
  ],
} satisfies Meta<typeof FieldDivider>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Plain: Story = { args: { label: undefined } }
