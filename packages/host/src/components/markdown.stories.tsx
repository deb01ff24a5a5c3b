import type { Meta, StoryObj } from '@storybook/react-vite'
import { Markdown } from './testing/registered'

const meta = {
  title: 'Components/Markdown',
  component: Markdown,
  args: {
    text: '# Returns\n\nA parcel comes back **within thirty days**, see [the manual](https://example.com).\n\n- [x] label printed\n- [ ] parcel handed over\n\n> Fragile goods need a box.\n\n```\nsouk returns --order 1042\n```\n\n| Item | Price |\n|---|--:|\n| Mug | 12.00 |\n| Lamp | 72.00 |',
  },
} satisfies Meta<typeof Markdown>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
