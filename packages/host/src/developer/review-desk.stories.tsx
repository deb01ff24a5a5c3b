import type { Meta, StoryObj } from '@storybook/react-vite'
import { HttpResponse, http } from 'msw'
import { expect, within } from 'storybook/test'
import { answer, asMember, hang } from '../marketplace/testing/handlers'
import { ReviewDesk } from './review-desk'
import { review } from './testing/fixtures'
import { handlers } from './testing/handlers'

const meta = {
  title: 'Developer/Review desk',
  component: ReviewDesk,
  parameters: { msw: handlers },
} satisfies Meta<typeof ReviewDesk>
export default meta
type Story = StoryObj<typeof meta>

const submission = { name: 'submission', id: 'dep-200' } as const

export const Queue: Story = {}
export const QueueLoading: Story = { parameters: { msw: [hang('/review/deployments'), ...handlers] } }
export const QueueEmpty: Story = {
  parameters: { msw: [answer('/review/deployments', { items: [], nextCursor: null }), ...handlers] },
}
export const Offline: Story = {
  parameters: { msw: [http.get('/api/souk/review/deployments', () => HttpResponse.error()), ...handlers] },
}
export const NoReviewer: Story = { parameters: { msw: [asMember, ...handlers] } }
export const Submission: Story = { args: { route: submission } }
export const SubmissionDark: Story = { args: { route: submission }, globals: { theme: 'dark' } }
export const FirstVersion: Story = {
  args: { route: submission },
  parameters: {
    msw: [
      answer('/review/deployments/:id', {
        ...review,
        previous: null,
        deployment: { ...review.deployment, status: 'pending-review' },
      }),
      ...handlers,
    ],
  },
}
export const Reject: Story = {
  args: { route: submission },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Reject…' }))
    const dialog = within(await within(document.body).findByRole('dialog'))
    const reject = dialog.getByRole('button', { name: 'Reject' })
    await expect(reject).toBeDisabled()
    await userEvent.type(dialog.getByRole('textbox', { name: /Reason/ }), 'It sends too much.')
    await expect(reject).toBeEnabled()
  },
}
