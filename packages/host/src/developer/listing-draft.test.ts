import type { AppListing } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { errorOf, fromDraft, toDraft } from './listing-draft'
import { app } from './testing/fixtures'

const listing = (): AppListing => fromDraft(toDraft(app))

test('a listing comes back from the form as it went in', () => {
  const { id, slug, developerAccountId, publicationStatus, reviewStatus, verified, autoApprove, ...own } = app
  expect(listing()).toEqual(own)
})

test.each([
  ['an empty text', { overview: '  ' }, { overview: null }],
  ['tags with commas, spaces and twice', { tags: ' ai, orders ,,ai ' }, { tags: ['ai', 'orders'] }],
  [
    'addresses one a line',
    { screenshots: 'https://a.example/1.png\n\n https://a.example/2.png ' },
    { screenshots: ['https://a.example/1.png', 'https://a.example/2.png'] },
  ],
  ['spaces around a title', { title: ' Orders ' }, { title: 'Orders' }],
])('%s is saved as it is meant', (_name, typed, saved) => {
  expect(fromDraft({ ...toDraft(app), ...typed })).toMatchObject(saved)
})

test('what the server says of one of a list stands at the list, and at no field with a like name', () => {
  expect(errorOf({ 'screenshots.1': 'Not https.' }, 'screenshots')).toBe('Not https.')
  expect(errorOf({ 'screenshots.1': 'Not https.' }, 'screen')).toBeUndefined()
})
