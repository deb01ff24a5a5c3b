import type { Meta, StoryObj } from '@storybook/react-vite'
import { fn } from 'storybook/test'
import { OptionsInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/OptionsInput',
  component: OptionsInput,
  args: {
    name: 'way',
    label: 'Way',
    options: [
      { value: 'mail', label: 'E-mail' },
      { value: 'sms', label: 'Text message' },
    ],
    onChange: fn(),
  },
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
} satisfies Meta<typeof OptionsInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Several: Story = { args: { name: 'ways', multiple: true } }

export const Searchable: Story = { args: { searchable: true } }
