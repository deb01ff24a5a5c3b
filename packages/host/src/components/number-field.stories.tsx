import type { Meta, StoryObj } from '@storybook/react-vite'
import { fn } from 'storybook/test'
import { NumberField, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/NumberField',
  component: NumberField,
  args: { name: 'copies', label: 'Copies', min: 1, onChange: fn() },
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
} satisfies Meta<typeof NumberField>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
