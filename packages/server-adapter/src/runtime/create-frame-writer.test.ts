import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameWriter } from './create-frame-writer'
import { createFrameReader } from './frame-codec'

/** A writer whose turns end when the test says so. */
const stage = () => {
  const writes: Uint8Array[] = []
  let actions: (() => void)[] = []
  const send = createFrameWriter(
    (bytes) => writes.push(bytes),
    (action) => actions.push(action),
  )
  const endTurn = () => {
    const due = actions
    actions = []
    for (const action of due) action()
  }
  const read = () => {
    const reader = createFrameReader({ headerBytes: 1000, bodyBytes: 1_000_000 })
    return writes.flatMap((bytes) => reader.push(bytes)).map(({ header, body }) => [header, body.byteLength])
  }
  return { send, endTurn, read, writes }
}

test('the frames of a turn are one write, and nothing is written before it ends', () => {
  const { send, endTurn, read, writes } = stage()
  for (const id of [1, 2, 3]) send({ id }, new Uint8Array(id))
  expect(writes).toHaveLength(0)
  endTurn()
  expect(writes).toHaveLength(1)
  send({ id: 4 })
  endTurn()
  endTurn()
  expect(writes).toHaveLength(2)
  expect(read()).toEqual([
    [{ id: 1 }, 1],
    [{ id: 2 }, 2],
    [{ id: 3 }, 3],
    [{ id: 4 }, 0],
  ])
})

test('whatever is sent arrives whole and in order, however large and whenever turns end', () => {
  const steps = fc.array(fc.oneof(fc.constant('turn' as const), fc.nat(200_000)), { maxLength: 20 })
  fc.assert(
    fc.property(steps, (script) => {
      const { send, endTurn, read } = stage()
      const sizes = script.filter((step) => step !== 'turn')
      let id = 0
      for (const step of script) {
        if (step === 'turn') endTurn()
        else send({ id: id++ }, new Uint8Array(step))
      }
      endTurn()
      expect(read()).toEqual(sizes.map((size, at) => [{ id: at }, size]))
    }),
    { numRuns: 50 },
  )
})
