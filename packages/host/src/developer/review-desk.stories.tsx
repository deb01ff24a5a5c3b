import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, within } from 'storybook/test'
import { answer, asMember, fail, hang, unreachable } from '../marketplace/testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from '../marketplace/testing/plays'
import { ReviewDesk } from './review-desk'
import { review } from './testing/fixtures'
import { handlers } from './testing/handlers'

const meta = {
  title: 'Developer/Review desk',
  component: ReviewDesk,
  parameters: { msw: handlers },
  play: seesContent,
} satisfies Meta<typeof ReviewDesk>
export default meta
type Story = StoryObj<typeof meta>

const submission = { name: 'submission', id: 'dep-200' } as const

export const Queue: Story = {}
export const QueueLoading: Story = {
  parameters: { msw: [hang('/review/deployments'), ...handlers] },
  play: seesLoading,
}
export const QueueFailed: Story = { parameters: { msw: [fail('/review/deployments'), ...handlers] }, play: seesFailure }
export const QueueEmpty: Story = {
  parameters: { msw: [answer('/review/deployments', { items: [], nextCursor: null }), ...handlers] },
}
export const QueueOffline: Story = {
  parameters: { msw: [unreachable('/review/deployments'), ...handlers] },
  play: seesNoServer,
}
export const NoReviewer: Story = { parameters: { msw: [asMember, ...handlers] } }
export const Submission: Story = {
  args: { route: submission },
  parameters: { pictures: ['dark', 'narrow'] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Reject…' })).toBeVisible()
  },
}
export const SubmissionLoading: Story = {
  ...{ args: { route: submission } },
  parameters: { msw: [hang('/review/deployments/:id'), ...handlers] },
  play: seesLoading,
}
export const SubmissionFailed: Story = {
  ...{ args: { route: submission } },
  parameters: { msw: [fail('/review/deployments/:id'), ...handlers] },
  play: seesFailure,
}
export const SubmissionOffline: Story = {
  ...{ args: { route: submission } },
  parameters: { msw: [unreachable('/review/deployments/:id'), ...handlers] },
  play: seesNoServer,
}
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
