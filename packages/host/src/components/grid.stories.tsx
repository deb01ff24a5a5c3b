import type { Meta, StoryObj } from '@storybook/react-vite'
import { Box, Grid } from './testing/registered'

const meta = {
  title: 'Components/Grid',
  component: Grid,
  args: {
    columns: 3,
    children: [
      <Box key="a" surface="sunken">
        One
      </Box>,
      <Box key="b" surface="sunken">
        Two
      </Box>,
      <Box key="c" surface="sunken">
        Three
      </Box>,
    ],
  },
} satisfies Meta<typeof Grid>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Two: Story = { args: { columns: 2, gap: 'large' } }
