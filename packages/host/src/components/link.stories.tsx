import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Link } from './testing/registered'

const meta = {
  title: 'Components/Link',
  component: Link,
  args: { href: 'https://example.com', children: 'Read the manual' },
} satisfies Meta<typeof Link>
export default meta
type Story = StoryObj<typeof meta>

/** A link opens outside, and takes neither the window nor the address along. */
export const Default: Story = {
  play: async ({ canvas }) => {
    const link = canvas.getByRole('link', { name: 'Read the manual' })
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
    await expect(link).toHaveAttribute('target', '_blank')
  },
}
