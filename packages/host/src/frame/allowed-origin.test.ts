import { expect, test } from 'vitest'
import { checkFrameUrl, findSharedCluster } from './allowed-origin'

const page = 'https://app.example.com/tickets/7'
const check =
  (frameUrl: string, isolation: 'origin' | 'opaque' = 'origin', pageUrl = page) =>
  () =>
    checkFrameUrl({ frameUrl, isolation, appInstallationId: 'inst1' }, pageUrl)

test.each([
  ['https://app.example.com/frame/inst1', 'origin', 'FRAME_SAME_ORIGIN'],
  ['https://app.example.com:443/frame/inst1', 'origin', 'FRAME_SAME_ORIGIN'],
  ['HTTPS://APP.EXAMPLE.COM/frame/inst1', 'origin', 'FRAME_SAME_ORIGIN'],
  ['https://app.example.com/frame/inst1', 'opaque', 'FRAME_SAME_ORIGIN'],
  ['http://inst1.sandbox.example/frame', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://sandbox.example/frame/inst1', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://inst2.sandbox.example/frame/inst1', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://inst1x.sandbox.example/frame', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://x-inst1.sandbox.example/frame', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://inst1-inst2.sandbox.example/frame', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://sandbox.inst1example.com/frame', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['https://inst1@sandbox.example/', 'opaque', 'FRAME_ORIGIN_INVALID'],
  ['https://inst1.sandbox.example/#n=mine', 'origin', 'FRAME_ORIGIN_INVALID'],
  ['/frame/inst1', 'opaque', 'FRAME_ORIGIN_INVALID'],
  ['about:blank', 'opaque', 'FRAME_ORIGIN_INVALID'],
  ['blob:https://inst1.sandbox.example/1', 'opaque', 'FRAME_ORIGIN_INVALID'],
  ['javascript:alert(1)', 'opaque', 'FRAME_ORIGIN_INVALID'],
  ['', 'opaque', 'FRAME_ORIGIN_INVALID'],
] as const)('%s in %s mode is %s', (url, isolation, code) => {
  expect(check(url, isolation)).toThrow(expect.objectContaining({ code }))
})

test('the refusal says what happened, what is wrong with it and what to do', () => {
  expect(check(`${page}/frame`)).toThrow(
    "The extension frame URL is on https://app.example.com, the page's own origin, where its sandbox could be removed by the extension. " +
      'Serve frames from a separate origin and pass it to createSouk as `sandbox.origin`.',
  )
})

test.each([
  ['https://inst1.sandbox.example/frame/inst1/dep1', 'origin', page],
  ['https://sandbox.example/frame/inst1/dep1', 'opaque', page],
  ['http://inst1.localhost:4401/frame', 'origin', 'http://localhost:4400/'],
] as const)('%s in %s mode is mounted', (url, isolation, pageUrl) => {
  expect(check(url, isolation, pageUrl)().href).toBe(url)
})

test.each([
  ['a sibling of a page without a cluster of its own', 'https://inst1.example.com', 'app.example.com', false, true],
  ['the same beside a page with one', 'https://inst1.example.com', 'app.example.com', true, false],
  ['another site', 'https://inst1.example-sandbox.net', 'app.example.com', false, false],
])('a frame on %s', (_what, frame, hostname, isOriginKeyed, isWarned) => {
  expect(findSharedCluster(new URL(frame), { hostname, isOriginKeyed }) !== undefined).toBe(isWarned)
})
