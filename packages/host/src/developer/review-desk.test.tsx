import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { answer, asMember } from '../marketplace/testing/handlers'
import { ReviewDesk } from './review-desk'
import type { ReviewRoute } from './route'
import { review } from './testing/fixtures'
import { show } from './testing/show'

const at = (route: ReviewRoute, answers: Parameters<typeof show>[1] = []) => {
  const onRouteChange = vi.fn<(next: ReviewRoute) => void>()
  return { onRouteChange, ...show(<ReviewDesk route={route} onRouteChange={onRouteChange} />, answers) }
}
const submission: ReviewRoute = { name: 'submission', id: 'dep-200' }

test('who is no reviewer sees no queue, and none is asked for', async () => {
  at({ name: 'queue' }, [asMember])
  expect(await screen.findByText('Only reviewers of the platform see this')).toBeInTheDocument()
  expect(screen.queryByRole('list')).toBeNull()
})

test('the queue leads to the submission', async () => {
  const { onRouteChange } = at({ name: 'queue' })
  await userEvent.click(await screen.findByRole('button', { name: /Order Lookup 2\.0\.0/ }))
  expect(onRouteChange).toHaveBeenLastCalledWith(submission)
})

test('a submission says what changes, and how the code grew', async () => {
  at(submission)
  const scopes = within(await screen.findByRole('list', { name: 'Permissions' }))
  // What asks for more stands first.
  expect(scopes.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    expect.stringContaining('customers:read'),
    expect.stringContaining('is now'),
    expect.stringContaining('Gone'),
  ])
  expect(screen.getByText(/48\.2 kB → 61\.9 kB \(\+28%\)/)).toBeInTheDocument()
  expect(screen.getByText('The same bytes')).toBeInTheDocument()
})

test('one that waits is first started, and cannot be decided before', async () => {
  const waiting = { ...review, deployment: { ...review.deployment, status: 'pending-review' } }
  const { sent } = at(submission, [answer('/review/deployments/:id', waiting)])
  await userEvent.click(await screen.findByRole('button', { name: 'Start the review' }))
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
  await waitFor(() => expect(sent).toEqual([{ line: 'POST /review/deployments/dep-200/start', body: {} }]))
})

test('a rejection needs a reason the developer can act on', async () => {
  const { sent, showToast } = at(submission)
  await userEvent.click(await screen.findByRole('button', { name: 'Reject…' }))
  const dialog = within(await screen.findByRole('dialog'))
  const reason = dialog.getByRole('textbox', { name: /Reason/ })
  await userEvent.type(reason, '  bad  ')
  expect(dialog.getByRole('button', { name: 'Reject' })).toBeDisabled()
  await userEvent.type(reason, 'mailing')
  await userEvent.click(dialog.getByRole('button', { name: 'Reject' }))
  await waitFor(() =>
    expect(sent).toEqual([{ line: 'POST /review/deployments/dep-200/reject', body: { reason: 'bad  mailing' } }]),
  )
  expect(showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '2.0.0 is rejected' }))
})

test('approving and trust are sent as they are', async () => {
  const { sent } = at(submission)
  await userEvent.click(await screen.findByRole('button', { name: 'Approve' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  await userEvent.click(screen.getByRole('switch', { name: /need no review/ }))
  await waitFor(() =>
    expect(sent).toEqual([
      { line: 'POST /review/deployments/dep-200/approve', body: {} },
      { line: 'PATCH /review/apps/order-lookup', body: { autoApprove: true } },
    ]),
  )
})
