import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Accordion, AccordionItem } from './testing/registered'

const meta = {
  title: 'Components/Accordion',
  component: Accordion,
  args: {
    children: [
      <AccordionItem key="a" title="When does it arrive?">
        On Thursday, if it leaves today.
      </AccordionItem>,
      <AccordionItem key="b" title="Can it be sent back?">
        Within thirty days.
      </AccordionItem>,
      <AccordionItem key="c" title="Not yet" disabled>
        …
      </AccordionItem>,
    ],
  },
} satisfies Meta<typeof Accordion>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'When does it arrive?' }))
    await expect(canvas.getByText('On Thursday, if it leaves today.')).toBeVisible()
  },
}
export const Multiple: Story = { args: { multiple: true } }
