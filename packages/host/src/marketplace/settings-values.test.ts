import { expect, test } from 'vitest'
import { collectSettings, createDrafts, splitErrors } from './settings-values'
import { emptyOrganizationSettings, organizationSettings } from './testing/fixtures'

const { schema } = organizationSettings

test('the form opens with saved values, and holds no secret', () => {
  expect(createDrafts(organizationSettings)).toEqual({
    'api.url': 'https://orders.northwind.example',
    region: 'eu',
    limit: '10',
    refunds: true,
    note: '',
  })
})

test('an untouched secret is not sent, so that it stays', () => {
  const { values } = collectSettings(schema, createDrafts(organizationSettings), '')
  expect(Object.keys(values)).toEqual(['api.url', 'region', 'limit', 'refunds', 'note'])
})

test('a new secret is sent as it was typed, spaces included, and a removed one as null', () => {
  const { values } = collectSettings(schema, { 'api.key': ' sk ', webhookSecret: null }, '')
  expect(values).toEqual({ 'api.key': ' sk ', webhookSecret: null })
})

test('texts are trimmed, empty ones removed, numbers become numbers', () => {
  const drafts = {
    ...createDrafts(emptyOrganizationSettings),
    'api.url': ' https://a.example ',
    limit: ' 25 ',
    note: ' ',
  }
  expect(collectSettings(schema, drafts, '')).toEqual({
    values: { 'api.url': 'https://a.example', region: 'eu', limit: 25, refunds: true, note: null },
    errors: {},
  })
})

test.each(['ten', '1,5', '--'])('%j is not a number, and is said to be none before anything is sent', (limit) => {
  expect(collectSettings(schema, { limit }, 'Enter a number.')).toEqual({
    values: {},
    errors: { limit: 'Enter a number.' },
  })
})

test('errors of fields that the form does not have are not lost', () => {
  expect(splitErrors(schema, { 'api.url': 'No.', api: 'Not so.', constructor: 'Odd.' })).toEqual({
    byField: { 'api.url': 'No.' },
    others: ['Not so.', 'Odd.'],
  })
})
