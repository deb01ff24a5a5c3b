import { expect, test } from 'vitest'
import { english as components } from '../components/messages'
import { german as componentsInGerman } from '../components/messages-de'
import { english as developer } from '../developer/messages'
import { german as developerInGerman } from '../developer/messages-de'
import { english as marketplace } from './messages'
import { german as marketplaceInGerman } from './messages-de'
import { messagesFor } from './use-messages'

const MARKERS = ['‹a›', '‹b›', '‹c›', '‹d›'] as const

/** Every text by its path. Of a function, which of its arguments are in its text. */
const describeCatalogue = (value: unknown, path = ''): readonly string[] => {
  if (typeof value === 'string') return value.trim() === '' ? [`${path} is empty`] : [path]
  if (typeof value === 'function') {
    const text: unknown = Reflect.apply(value, undefined, [...MARKERS])
    return [`${path} with ${MARKERS.filter((marker) => String(text).includes(marker)).join('')}`]
  }
  return Object.entries(value ?? {}).flatMap(([key, inner]) => describeCatalogue(inner, `${path}.${key}`))
}

test.each([
  ['components', components, componentsInGerman],
  ['marketplace', marketplace, marketplaceInGerman],
  ['developer', developer, developerInGerman],
])('the words of the %s are there in both languages, with the same places to fill in', (_name, english, german) => {
  const texts = describeCatalogue(english)
  expect(texts.length).toBeGreaterThan(10)
  expect([...describeCatalogue(german)].sort()).toEqual([...texts].sort())
})

test('a text that loses its placeholder, is empty or has another key is found', () => {
  const found = describeCatalogue({ a: (name: string) => `by ${name}`, b: { c: 'x' } })
  expect(found).toEqual(['.a with ‹a›', '.b.c'])
  expect(describeCatalogue({ a: () => 'by', b: { c: 'x' } })).not.toEqual(found)
  expect(describeCatalogue({ a: (name: string) => `by ${name}`, b: { c: ' ' } })).not.toEqual(found)
  expect(describeCatalogue({ a: (name: string) => `by ${name}`, b: { d: 'x' } })).not.toEqual(found)
})

test.each([
  ['de', marketplaceInGerman],
  ['de-AT', marketplaceInGerman],
  ['DE-ch', marketplaceInGerman],
  ['en-GB', marketplace],
  ['fr', marketplace],
  ['', marketplace],
])('the locale %s reads the catalogue of its language, or the English one', (locale, expected) => {
  expect(messagesFor(locale)).toBe(expected)
})
