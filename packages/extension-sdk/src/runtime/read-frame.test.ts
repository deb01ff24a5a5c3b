import { describe, expect, test } from 'vitest'
import { isRefusal } from '../protocol'
import { readFrame } from './read-frame'

const sha = 'a'.repeat(64)
const attributes = {
  appId: 'app',
  installationId: 'i',
  runtime: sha,
  bundle: sha,
  hostOrigins: 'https://a.example https://b.example',
}
const fragment = (origin: string) => `#n=nonce&o=${encodeURIComponent(origin)}`

describe('readFrame', () => {
  test('takes the ids from the document and the nonce from the address', () => {
    expect(readFrame(attributes, fragment('https://b.example'))).toEqual({
      appId: 'app',
      appInstallationId: 'i',
      runtime: sha,
      bundle: sha,
      nonce: 'nonce',
      hostOrigin: 'https://b.example',
    })
  })

  test.each([
    'https://evil.example',
    'https://a.example.evil.example',
    'https://a.example https://b.example',
    '*',
    'null',
    '',
    'http://a.example',
  ])('refuses the product origin %j', (origin) => {
    expect(isRefusal(readFrame(attributes, fragment(origin)))).toBe(true)
  })

  test.each(['', '#', '#n=nonce', '#o=https%3A%2F%2Fa.example', '#n=&o=https%3A%2F%2Fa.example'])(
    'refuses the fragment %j',
    (hash) => {
      expect(isRefusal(readFrame(attributes, hash))).toBe(true)
    },
  )

  test.each([
    { runtime: '' },
    { runtime: '../x' },
    { bundle: `${'A'.repeat(64)}` },
    { bundle: `${sha}/` },
    { appId: '' },
    { installationId: undefined },
    { hostOrigins: '' },
  ])('refuses a document with %j', (change) => {
    expect(isRefusal(readFrame({ ...attributes, ...change }, fragment('https://a.example')))).toBe(true)
  })
})
