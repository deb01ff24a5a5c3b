import { expect, test } from 'vitest'
import { createHotScripts } from './create-hot-scripts'

const hashOf = (index: number) => index.toString(16).padStart(64, '0')
const at = (path: string, init?: RequestInit) => new Request(`http://x.localhost:1${path}`, init)

test('a script is served under its hash, as a script and nothing else', async () => {
  const scripts = createHotScripts()
  scripts.add({ sha256: hashOf(1), code: 'start()' })
  const response = scripts.find(at(`/boot/${hashOf(1)}.js`))
  expect(await response?.text()).toBe('start()')
  expect(response?.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(response?.headers.get('content-security-policy')).toContain('sandbox')
})

test.each([
  ['another hash', at(`/boot/${hashOf(2)}.js`)],
  ['the folder of bundles', at(`/b/${hashOf(1)}.js`)],
  ['a query, which could carry data out', at(`/boot/${hashOf(1)}.js?a=1`)],
  ['another method', at(`/boot/${hashOf(1)}.js`, { method: 'POST' })],
])('%s is left to the sandbox', (_what, request) => {
  const scripts = createHotScripts()
  scripts.add({ sha256: hashOf(1), code: 'start()' })
  expect(scripts.find(request)).toBeUndefined()
})

test('old versions go', () => {
  const scripts = createHotScripts()
  for (let index = 0; index < 30; index++) scripts.add({ sha256: hashOf(index), code: `${index}` })
  expect(scripts.find(at(`/boot/${hashOf(0)}.js`))).toBeUndefined()
  expect(scripts.find(at(`/boot/${hashOf(29)}.js`))).toBeDefined()
})
