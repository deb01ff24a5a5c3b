import type { Meta, StoryObj } from '@storybook/react-vite'
import { Image } from './testing/registered'

const meta = {
  title: 'Components/Image',
  component: Image,
  args: {
    src: 'data:image/gif;base64,R0lGODlhAQABAIAAAFBX2P///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==',
    alt: 'A blue square',
    width: 160,
    height: 96,
  },
} satisfies Meta<typeof Image>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
