import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button, ButtonGroup, FormField } from './testing/registered'

const meta = {
  title: 'Components/FormField',
  component: FormField,
  args: {
    label: 'Colour',
    description: 'Of the label on the parcel.',
    children: [
      <ButtonGroup key="g" label="Colour">
        <Button>Red</Button>
        <Button>Blue</Button>
      </ButtonGroup>,
    ],
  },
} satisfies Meta<typeof FormField>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const WithError: Story = { args: { required: true, error: 'Choose a colour.' } }
