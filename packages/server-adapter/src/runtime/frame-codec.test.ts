import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameReader, encodeFrame } from './frame-codec'

const BOUNDS = { headerBytes: 1000, bodyBytes: 1000 }

test('frames survive being cut anywhere and being joined', () => {
  const frames = fc.array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 50 })), { maxLength: 5 })
  fc.assert(
    fc.property(frames, fc.array(fc.nat(40), { minLength: 1 }), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(([header, body]) => encodeFrame(header, body)))
      const reader = createFrameReader(BOUNDS)
      const received = []
      for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
        const size = 1 + (cuts[turn % cuts.length] ?? 0)
        received.push(...reader.push(bytes.subarray(at, at + size)))
        at += size
      }
      expect(received.map(({ header, body }) => [header, [...body]])).toEqual(
        sent.map(([header, body]) => [header, [...body]]),
      )
    }),
  )
})

test.each([
  ['an empty header', [0, 0, 0, 0, 0, 0, 0, 0]],
  ['a long header', [0, 0, 4, 0, 0, 0, 0, 0]],
  ['a long body', [0, 0, 0, 1, 255, 255, 255, 255]],
  ['a header that is not JSON', [0, 0, 0, 1, 0, 0, 0, 0, 123]],
  ['a header that is not UTF-8', [0, 0, 0, 3, 0, 0, 0, 0, 34, 255, 34]],
])('%s is refused', (_what, bytes) => {
  expect(() => createFrameReader(BOUNDS).push(new Uint8Array(bytes))).toThrow()
})

test('a length over the bound is refused before its bytes arrive', () => {
  const reader = createFrameReader(BOUNDS)
  expect(reader.push(new Uint8Array([0, 0, 0, 1, 0, 0, 16]))).toEqual([])
  expect(() => reader.push(new Uint8Array([0]))).toThrow('announced 1 + 4096 bytes')
})
