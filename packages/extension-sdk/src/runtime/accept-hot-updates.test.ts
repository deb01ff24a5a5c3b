import { expect, test, vi } from 'vitest'
import { createHotUpdate } from '../protocol/hot-update'
import { acceptHotUpdates } from './accept-hot-updates'

const sha256 = 'b2'.repeat(32)
const message = (data: unknown) => new MessageEvent('message', { data })

const createScope = () => {
  const importScripts = vi.fn()
  const scope = Object.assign(new EventTarget(), { importScripts, location: { origin: 'http://x.localhost:1' } })
  acceptHotUpdates(scope)
  const seen = vi.fn()
  scope.addEventListener('message', seen)
  return { scope, importScripts, seen }
}

test('the named version runs from the own origin, and nobody else sees the message', () => {
  const { scope, importScripts, seen } = createScope()
  scope.dispatchEvent(message(createHotUpdate({ appId: 'a', appInstallationId: 'i' }, sha256)))
  expect(importScripts).toHaveBeenCalledExactlyOnceWith(`http://x.localhost:1/boot/${sha256}.js`)
  expect(seen).not.toHaveBeenCalled()
})

test('every other message goes on and loads nothing', () => {
  const { scope, importScripts, seen } = createScope()
  scope.dispatchEvent(message({ source: 'souk-platform', type: 'ping' }))
  expect(importScripts).not.toHaveBeenCalled()
  expect(seen).toHaveBeenCalledOnce()
})

test('a version that fails to run is told to the author and ends nothing', () => {
  const { scope, importScripts } = createScope()
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  importScripts.mockImplementation(() => {
    throw new TypeError('boom')
  })
  scope.dispatchEvent(message(createHotUpdate({ appId: 'a', appInstallationId: 'i' }, sha256)))
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ message: 'boom' }))
  error.mockRestore()
})
