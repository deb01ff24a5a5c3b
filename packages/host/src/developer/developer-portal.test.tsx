import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { expect, test, vi } from 'vitest'
import { admin } from '../marketplace/testing/fixtures'
import { answer, refuse } from '../marketplace/testing/handlers'
import { DeveloperPortal } from './developer-portal'
import type { DeveloperRoute } from './route'
import { approved, calls, deployed, haltedRollout, inReview, members, published } from './testing/fixtures'
import { offline, show } from './testing/show'
import { mergeCalls } from './use-followed-calls'

const at = (route: DeveloperRoute, answers: Parameters<typeof show>[1] = [], locale?: string) => {
  const onRouteChange = vi.fn<(next: DeveloperRoute) => void>()
  return { onRouteChange, ...show(<DeveloperPortal route={route} onRouteChange={onRouteChange} />, answers, locale) }
}
const version = (id: string): DeveloperRoute => ({ name: 'version', slug: 'order-lookup', id })
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }))
const answerDialog = async (name: string) =>
  userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name }))

test('the apps of all accounts are listed with where they stand, and lead to their versions', async () => {
  const { onRouteChange } = at({ name: 'apps' })
  const list = await screen.findByRole('list', { name: 'Your apps' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(2)
  expect(within(list).getByText('Rejected')).toBeInTheDocument()
  await press(/Order Lookup/)
  expect(onRouteChange).toHaveBeenLastCalledWith({ name: 'app', slug: 'order-lookup', tab: 'versions' })
})

test('without a network it says so, and a retry reads again', async () => {
  let isOffline = true
  at({ name: 'apps' }, [http.get('/api/souk/developer/apps', () => (isOffline ? HttpResponse.error() : undefined))])
  expect(await screen.findByText(/could not be reached/)).toBeInTheDocument()
  isOffline = false
  await press('Try again')
  expect(await screen.findByRole('list', { name: 'Your apps' })).toBeInTheDocument()
})

test('a new app is made in the chosen account, and opens at its listing', async () => {
  const { sent, onRouteChange } = at({ name: 'apps' })
  await press('New app')
  await userEvent.type(await screen.findByRole('textbox', { name: /Title/ }), ' Mood ')
  await userEvent.type(screen.getByRole('textbox', { name: /Short name/ }), 'mood')
  await press('Create the app')
  await waitFor(() =>
    expect(sent).toEqual([
      {
        line: 'POST /developer/apps',
        body: { developerAccountId: 'acc-northwind', slug: 'mood', title: 'Mood' },
      },
    ]),
  )
  expect(onRouteChange).toHaveBeenLastCalledWith({ name: 'app', slug: 'sentiment', tab: 'listing' })
})

test('a slug that is taken is said at its field', async () => {
  at({ name: 'apps' }, [
    refuse('post', '/developer/apps', {
      code: 'INVALID_INPUT',
      status: 400,
      detail: 'Some fields are not right.',
      fields: { slug: 'It is taken.' },
    }),
  ])
  await press('New app')
  await userEvent.type(await screen.findByRole('textbox', { name: /Title/ }), 'A')
  await userEvent.type(screen.getByRole('textbox', { name: /Short name/ }), 'a')
  await press('Create the app')
  expect(await screen.findByText('It is taken.')).toBeInTheDocument()
})

test('publish checks judge as the server does: what stands in the way disables the submission and leads to the listing', async () => {
  const { onRouteChange } = at({ name: 'version', slug: 'sentiment', id: 'dep-200' }, [
    answer('/developer/deployments/:id', deployed),
  ])
  expect(await screen.findByText('3 checks stand in the way')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Submit for review' })).toBeDisabled()
  await press('Edit the listing')
  expect(onRouteChange).toHaveBeenLastCalledWith({ name: 'app', slug: 'sentiment', tab: 'listing' })
})

test('a version that passes is submitted; what the server refuses is said with its reference', async () => {
  const { sent } = at(version('dep-200'), [
    answer('/developer/deployments/:id', deployed),
    refuse('post', '/developer/deployments/:id/submit', {
      code: 'CONFLICT',
      status: 409,
      detail: 'Another version is in review.',
    }),
  ])
  await press('Submit for review')
  expect(await screen.findByText('Another version is in review.')).toBeInTheDocument()
  expect(screen.getByText('CONFLICT, reference req_7f3a91')).toBeInTheDocument()
  expect(sent).toEqual([{ line: 'POST /developer/deployments/dep-200/submit', body: {} }])
})

test('the reason of a rejection is shown, and the sizes of the bundles', async () => {
  at(version('dep-150'))
  expect(await screen.findByText(/sends every ticket/)).toBeInTheDocument()
  expect(screen.getByText('48.2 kB')).toBeInTheDocument()
})

test('publishing asks how many get it at first', async () => {
  const { sent } = at(version('dep-200'), [answer('/developer/deployments/:id', approved)])
  await press('Publish…')
  await userEvent.click(await screen.findByRole('radio', { name: '10% of them' }))
  await press('Publish')
  await waitFor(() =>
    expect(sent).toEqual([{ line: 'POST /developer/deployments/dep-200/publish', body: { rolloutPercent: 10 } }]),
  )
})

test('a rollout is raised to its next stage, and halting it asks once more', async () => {
  const { sent } = at(version('dep-100'))
  expect(await screen.findByText('18,240')).toBeInTheDocument()
  await press('Raise')
  await waitFor(() =>
    expect(sent).toEqual([{ line: 'POST /developer/deployments/dep-100/rollout', body: { percent: 50 } }]),
  )
  await press('Halt')
  await answerDialog('Halt')
  await waitFor(() =>
    expect(sent.at(-1)).toEqual({ line: 'POST /developer/deployments/dep-100/rollout/halt', body: {} }),
  )
})

test('how far a rollout is reads as in the language of the product', async () => {
  at(version('dep-100'), [], 'de-DE')
  const progress = await screen.findByRole('progressbar')
  expect(progress).toHaveAttribute('aria-valuetext', '25\u00a0%')
  expect(progress).toHaveTextContent('25 %')
})

test('a halted rollout says why, and is resumed from where it was', async () => {
  const { sent } = at(version('dep-100'), [answer('/developer/deployments/:id/rollout', haltedRollout)])
  expect(await screen.findByText(/Too many of its calls failed/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Halt' })).toBeNull()
  await press('Resume')
  await waitFor(() => expect(sent[0]?.body).toEqual({ percent: 25, resume: true }))
})

test('deprecating asks once more, and sends nothing when it is thought better of', async () => {
  const { sent } = at(version('dep-100'))
  await press('Deprecate')
  await answerDialog('Cancel')
  expect(sent).toEqual([])
  await press('Deprecate')
  await answerDialog('Deprecate')
  await waitFor(() => expect(sent).toEqual([{ line: 'POST /developer/deployments/dep-100/deprecate', body: {} }]))
})

test('a version in review offers no step', async () => {
  at(version('dep-200'), [answer('/developer/deployments/:id', inReview)])
  expect(await screen.findByText('A reviewer looks at it now.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Submit|Take back|Publish|Deprecate/ })).toBeNull()
})

test('the listing is judged while it is typed, and saved whole', async () => {
  const { sent } = at({ name: 'app', slug: 'sentiment', tab: 'listing' })
  expect(await screen.findByText('The app has no category.')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: 'Category' }), 'Insights')
  expect(screen.queryByText('The app has no category.')).toBeNull()
  await press('Save the listing')
  await waitFor(() =>
    expect(sent).toMatchObject([
      {
        line: 'PATCH /developer/apps/sentiment',
        body: { category: 'Insights', overview: null, tags: ['orders', 'refunds'] },
      },
    ]),
  )
})

test('calls stand the newest first, and unfold to their log', async () => {
  at({ name: 'app', slug: 'order-lookup', tab: 'logs' })
  const buttons = await screen.findAllByRole('button', { name: /orders\.server/ })
  expect(buttons[0]).toHaveAccessibleName(/findOrders · Worked/)
  await userEvent.click(buttons[1] as HTMLElement)
  expect(await screen.findByText(/order service answered 502/)).toBeInTheDocument()
})

test('calls that come again stand once, and new ones come first', () => {
  const [first, second, third] = calls as [(typeof calls)[0], (typeof calls)[0], (typeof calls)[0]]
  const shown = mergeCalls([], [first, second])
  expect(shown).toEqual([second, first])
  expect(mergeCalls(shown, [second, third])).toEqual([third, second, first])
  expect(mergeCalls(shown, [second])).toBe(shown)
})

test('an owner changes a role and removes a member, after being asked', async () => {
  const { sent } = at({ name: 'account', id: 'acc-northwind', tab: 'members' })
  await press('Change… nora')
  await userEvent.click(await screen.findByRole('radio', { name: 'Admin' }))
  await press('Save')
  const line = '/developer/accounts/acc-northwind/members/nora'
  await waitFor(() => expect(sent).toEqual([{ line: `PATCH ${line}`, body: { role: 'admin' } }]))
  await press('Change… nora')
  await press('Remove nora')
  await answerDialog('Remove')
  await waitFor(() => expect(sent.at(-1)).toEqual({ line: `DELETE ${line}`, body: undefined }))
})

test('an admin does not touch an owner, makes none, and a member touches nobody and sees no invitations', async () => {
  at({ name: 'account', id: 'acc-northwind', tab: 'members' }, [answer('/me', { ...admin, userId: 'max' })])
  expect(await screen.findByRole('button', { name: 'Change… nora' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Change… ada' })).toBeNull()
  await press('Change… nora')
  expect(await screen.findAllByRole('radio')).toHaveLength(2)
})

test('a member sees who is there, and neither invites nor makes keys', async () => {
  const me = answer('/me', { ...admin, userId: 'nora' })
  at({ name: 'account', id: 'acc-northwind', tab: 'members' }, [me])
  expect(await screen.findByText('nora (you)')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Invite' })).toBeNull()
  expect(screen.queryByRole('button', { name: /Change…/ })).toBeNull()
})

test('an invitation tells its code once', async () => {
  const { sent } = at({ name: 'account', id: 'acc-northwind', tab: 'members' })
  await press('Invite')
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('textbox', { name: /E-mail/ }), 'l@x.example')
  await userEvent.click(dialog.getByRole('button', { name: 'Invite' }))
  expect(await screen.findByText('souk_inv_5pXq0cV9bn')).toBeInTheDocument()
  expect(sent[0]).toEqual({
    line: 'POST /developer/accounts/acc-northwind/invitations',
    body: { email: 'l@x.example', role: 'member' },
  })
})

test('a link fills an invitation in and answers nothing by itself; joining opens the account', async () => {
  const { sent, onRouteChange } = at({ name: 'invitation', token: 'tok' })
  await press('Continue')
  expect(await screen.findByText('You are invited to Northwind')).toBeInTheDocument()
  expect(sent.map(({ line }) => line)).toEqual(['POST /developer/invitations/read'])
  await press('Join')
  await waitFor(() =>
    expect(onRouteChange).toHaveBeenLastCalledWith({ name: 'account', id: 'acc-northwind', tab: 'members' }),
  )
  expect(sent.at(-1)).toEqual({ line: 'POST /developer/invitations/accept', body: { token: 'tok' } })
})

test('a key is made with what it may do and shown once; revoking asks', async () => {
  const { sent } = at({ name: 'account', id: 'acc-northwind', tab: 'keys' })
  await press('New key')
  await userEvent.type(await screen.findByRole('textbox', { name: /Name/ }), 'Build')
  await press('Make the key')
  expect(await screen.findByText('souk_k_9fQ2mTz7')).toBeInTheDocument()
  expect(sent[0]?.body).toEqual({ name: 'Build', scopes: ['read', 'deploy'], expiresInDays: 90 })
  await userEvent.keyboard('{Escape}')
  await press('Revoke Build machine')
  await answerDialog('Revoke')
  await waitFor(() => expect(sent.at(-1)?.line).toBe('DELETE /developer/accounts/acc-northwind/api-keys/key-1'))
})

test('an account of somebody else is not there', async () => {
  at({ name: 'account', id: 'acc-other', tab: 'members' }, [
    answer('/developer/accounts/:id/members', { items: members, nextCursor: null }),
  ])
  expect(await screen.findByText(/No account of yours/)).toBeInTheDocument()
})

test('in German, words, numbers and dates are German, and an offline server too', async () => {
  at(version('dep-100'), [answer('/developer/deployments/:id', published)], 'de-DE')
  expect(await screen.findByText('48,2 kB')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Abkündigen' })).toBeInTheDocument()
  expect(await screen.findByText('18.240')).toBeInTheDocument()
})

test('in German, an unreachable server is German too', async () => {
  at({ name: 'apps' }, [offline('/developer/apps')], 'de-AT')
  expect(await screen.findByText(/nicht erreichbar/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Erneut versuchen' })).toBeInTheDocument()
})
