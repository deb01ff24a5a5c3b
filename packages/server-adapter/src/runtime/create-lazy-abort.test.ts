import { expect, test, vi } from 'vitest'
import { createLazyAbort } from './create-lazy-abort'

test('who asked before the end is told of it, once, with the first reason', () => {
  const ending = createLazyAbort()
  const onAbort = vi.fn()
  ending.signal.addEventListener('abort', onAbort)
  expect(ending.signal.aborted).toBe(false)
  ending.abort(() => 'first')
  ending.abort(() => 'second')
  expect(onAbort).toHaveBeenCalledTimes(1)
  expect(ending.signal.reason).toBe('first')
})

test('who asks after the end finds it aborted, with the first reason', () => {
  const ending = createLazyAbort()
  ending.abort(() => 'first')
  ending.abort(() => 'second')
  expect(ending.signal.aborted).toBe(true)
  expect(ending.signal.reason).toBe('first')
  expect(ending.signal).toBe(ending.signal)
})

test('no reason is made for nobody', () => {
  const reason = vi.fn()
  createLazyAbort().abort(reason)
  expect(reason).not.toHaveBeenCalled()
})
