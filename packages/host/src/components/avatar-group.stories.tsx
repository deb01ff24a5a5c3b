import type { Meta, StoryObj } from '@storybook/react-vite'
import { Avatar, AvatarGroup } from './testing/registered'

const meta = {
  title: 'Components/AvatarGroup',
  component: AvatarGroup,
  args: {
    label: 'Who works on this',
    children: [
      <Avatar key="a" name="Ada Fields" />,
      <Avatar key="b" name="Bo Grün" />,
      <Avatar key="c" name="Chi Wu" />,
    ],
  },
} satisfies Meta<typeof AvatarGroup>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
