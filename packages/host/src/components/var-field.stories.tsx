import type { Meta, StoryObj } from '@storybook/react-vite'
import { StringInput, VarField, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/VarField',
  component: VarField,
  args: { name: 'subject', label: 'Subject', description: 'What the customer sees first.', required: true },
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
} satisfies Meta<typeof VarField>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Around: Story = { args: { name: undefined, children: <StringInput name="subject" /> } }
