import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  createPackedReader,
  createPackedWriter,
  createPlainWriter,
  DEFAULT_LIMITS,
  isRefusal,
  type NodeShape,
  type PackedBatch,
  type PlainValue,
  parsePackedBatch,
  parseTreeBatch,
  sayOperations,
  type TreeBatch,
  type TreeNode,
  type TreeOperation,
} from '.'

/** Structured clones have the prototype of every record. */
const plainRecord = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true })

const id = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const place = fc.nat({ max: 2 ** 31 - 1 })
const component = fc.constantFrom('Text', 'Button', '#slot', 'Table')
const propName = fc.constantFrom('label', 'tone', 'value', 'items', 'a b', 'ü', '')
const handlers = fc.uniqueArray(fc.constantFrom('onPress', 'onChange', 'onOpen'))
const text = fc.string({ unit: 'binary', maxLength: 40 })
const value: fc.Arbitrary<PlainValue> = fc.oneof(
  text,
  fc.constantFrom('info', 'danger', 'x'.repeat(25), 0, -0, 2 ** 28, -(2 ** 28), 2 ** 31, 1.5),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  // What the far side of a structured clone holds: plain objects.
  fc.jsonValue().map((json) => structuredClone(json) as PlainValue),
)
const props = fc.dictionary(propName, value, { noNullPrototype: true })

const { node } = fc.letrec<{ node: TreeNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    plainRecord({ id, text }),
    plainRecord({
      id,
      component,
      props,
      handlers,
      children: fc.array(tie('node'), { maxLength: 4 }),
    }),
  ),
}))

const operation: fc.Arbitrary<TreeOperation> = fc.oneof(
  plainRecord({ op: fc.constant('insert'), parent: place, before: place, node }),
  plainRecord({ op: fc.constant('move'), id, parent: place, before: place }),
  plainRecord({ op: fc.constant('remove'), ids: fc.array(id, { maxLength: 5 }) }),
  plainRecord({ op: fc.constant('set'), id, props, unset: fc.array(propName, { maxLength: 3 }) }),
  plainRecord({ op: fc.constant('handlers'), id, handlers }),
  plainRecord({ op: fc.constant('text'), id, text }),
  plainRecord({ op: fc.constant('hide'), id, hidden: fc.boolean() }),
  plainRecord({ op: fc.constant('ack'), id, eventVersion: place }),
) as fc.Arbitrary<TreeOperation>

const session = fc.array(fc.array(operation, { maxLength: 8 }), { minLength: 1, maxLength: 4 })

/** Packs the commits of one root. */
const packAll = (commits: readonly (readonly TreeOperation[])[]): PackedBatch[] => {
  const writer = createPackedWriter()
  const shapes = new Map<string, NodeShape>()
  return commits.map((operations, index) => {
    sayOperations(operations, writer, shapes)
    return writer.take('r', index + 1)
  })
}

const unpackAll = (batches: readonly PackedBatch[]) => {
  const reader = createPackedReader(DEFAULT_LIMITS)
  return batches.map((batch) => reader.unpack(batch))
}

const table: readonly TreeOperation[] = [
  {
    op: 'insert',
    parent: 0,
    before: 0,
    node: {
      id: 1,
      component: 'Table',
      props: { label: 'Orders', columns: ['a', 'b'] },
      handlers: ['onPress'],
      children: [
        { id: 2, text: 'Hello' },
        { id: 9, component: 'Text', props: { tone: 'info', size: 1.5 }, handlers: [], children: [] },
      ],
    },
  },
  { op: 'set', id: 9, props: { tone: 'x'.repeat(30) }, unset: ['size'] },
  { op: 'remove', ids: [2] },
]

const packTable = () => packAll([table])[0] as PackedBatch

describe('a packed batch says what the plain one says', () => {
  test('for every commit of any session', () => {
    fc.assert(
      fc.property(session, (commits) => {
        const plain = commits.map((operations, index): TreeBatch => ({ rootId: 'r', commit: index + 1, operations }))
        expect(unpackAll(packAll(commits))).toStrictEqual(plain)
      }),
      { numRuns: 500 },
    )
  })

  test('after a structured clone, and it parses', () => {
    fc.assert(
      fc.property(session, (commits) => {
        for (const batch of packAll(commits)) {
          const received: unknown = structuredClone(batch, { transfer: [batch.stream.buffer as ArrayBuffer] })
          const parsed = parsePackedBatch(received, DEFAULT_LIMITS)
          expect(parsed).toEqual(received)
        }
      }),
    )
  })

  test('and what was not checked goes no further', () => {
    const batch = packTable()
    const shapes = batch.shapes?.map((shape) => ({ ...shape, junk: /x/ }))
    expect(shapes?.length).toBeGreaterThan(0)
    expect(parsePackedBatch({ ...batch, shapes, junk: /x/ }, DEFAULT_LIMITS)).toEqual(batch)
  })

  test('and plain operations said to a plain writer are the same operations', () => {
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const writer = createPlainWriter()
        sayOperations(operations, writer)
        expect(writer.take('r', 1)).toStrictEqual({ rootId: 'r', commit: 1, operations })
      }),
    )
  })

  test('names, shapes and short values are sent once', () => {
    const [first, second] = packAll([table, table])
    expect(first?.shapes).toHaveLength(2)
    expect(first?.text).toBe(`OrdersHelloinfotone${'x'.repeat(30)}size`)
    expect(second?.shapes).toBeUndefined()
    expect(second?.text).toBe(`Hello${'x'.repeat(30)}`)
  })

  test('a root that shows ever new values does not number all of them', () => {
    const say = (label: string): TreeOperation[] => [{ op: 'set', id: 1, props: { label }, unset: [] }]
    const labels = Array.from({ length: 5_000 }, (_, index) => `n${index}`)
    const again = packAll([...labels, ...labels].map(say)).slice(labels.length)
    expect(again.filter(({ text }) => text === undefined)).toHaveLength(1_000)
  })
})

describe('a hostile batch is refused with a sentence', () => {
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  const changes: readonly [string, object][] = [
    ['no stream', { stream: undefined }],
    ['a plain array as the stream', { stream: [1, 2, 3] }],
    ['floats', { stream: new Float64Array(4) }],
    ['wider numbers', { stream: new Int32Array(4) }],
    ['shared memory', { stream: new Uint8Array(new SharedArrayBuffer(16)) }],
    ['a small view of a large buffer', { stream: new Uint8Array(new ArrayBuffer(4 * 2 ** 20), 0, 1) }],
    ['more bytes than a batch may have', { stream: new Uint8Array(4 * 2 ** 20) }],
    ['more text than a batch may have', { text: 'x'.repeat(3 * 2 ** 20) }],
    ['a text that is none', { text: 5 }],
    ['more shapes than a root may number', { shapes: Array.from({ length: 20_001 }, () => ({})) }],
    ['a hole for a shape', { shapes: Array(1) }],
    ['a hole for the name of a prop', { shapes: [{ component: 'Text', props: Array(1), handlers: [] }] }],
    ['a hole for the name of a handler', { shapes: [{ component: 'Text', props: [], handlers: Array(1) }] }],
    ['a shape without names', { shapes: [{ component: 'Text' }] }],
    ['a shape with a prototype key', { shapes: [{ component: 'Text', props: ['__proto__'], handlers: [] }] }],
    [
      'a shape with a handler that is no event',
      { shapes: [{ component: 'Text', props: [], handlers: ['constructor'] }] },
    ],
    ['an extra that is a cycle', { extras: [cycle] }],
    ['an extra with a prototype key', { extras: [JSON.parse('{"__proto__":1}')] }],
    ['extras that are no list', { extras: { length: 1 } }],
    [
      'shapes whose names are larger than a batch may be',
      {
        shapes: Array.from({ length: 60 }, (_, shape) => ({
          component: 'Text',
          props: Array.from({ length: 200 }, (_, prop) => `p${shape}_${prop}`.padEnd(200, 'x')),
          handlers: [],
        })),
      },
    ],
    ['commit 0', { commit: 0 }],
    ['no root', { rootId: '' }],
  ]
  test.each(changes)('%s', (_name, change) => {
    const parsed = parsePackedBatch({ ...packTable(), ...change }, DEFAULT_LIMITS)
    expect(isRefusal(parsed) && parsed.refused).toMatch(/\w+/)
  })

  test('every truncation of the stream', () => {
    const batch = packTable()
    const { stream } = batch
    for (let length = 0; length < stream.length; length++) {
      const [result] = unpackAll([{ ...batch, stream: stream.slice(0, length) }])
      expect(isRefusal(result), `of ${length}`).toBe(true)
    }
  })

  test('a text that is too short or too long', () => {
    const batch = packTable()
    for (const text of ['', batch.text?.slice(1) ?? '', `${batch.text}x`])
      expect(isRefusal(unpackAll([{ ...batch, text }])[0])).toBe(true)
  })

  test('numbers of shapes and extras that were never given', () => {
    const { shapes, extras, ...rest } = packTable()
    const all = { shapes: shapes ?? [], extras: extras ?? [] }
    for (const missing of Object.keys(all))
      expect(isRefusal(unpackAll([{ ...rest, ...all, [missing]: [] }])[0])).toBe(true)
  })

  test.each([
    ['a name that was never given', [4, 1, 1, 9]],
    ['a value that was never given', [4, 1, 1, 0, 0, (3 << 3) | 6]],
    ['a number of six bytes', [3, 1, 255, 255, 255, 255, 255, 1, 0]],
    ['a number of 33 bits', [3, 1, 255, 255, 255, 255, 31, 0]],
    ['an id of 32 bits', [3, 1, 255, 255, 255, 255, 15, 0]],
    ['a stream without an end', [3, 1, 2]],
    ['a stream that goes on after its end', [3, 1, 2, 0, 0]],
    ['an empty stream', []],
    ['an operation of another version', [9, 0]],
  ])('%s', (_name, bytes) => {
    expect(isRefusal(unpackAll([{ rootId: 'r', commit: 1, stream: Uint8Array.from(bytes) }])[0])).toBe(true)
  })

  test('an extra that is named twice, or never: checking it again each time would cost the product seconds', () => {
    const set = (...extras: readonly number[]) => [
      ...extras.flatMap((extra) => [4, 1, 1, ...(extra === extras[0] ? [0, 1] : [1]), (extra << 3) | 7, 0]),
      0,
    ]
    const batch = (bytes: readonly number[], extras: readonly PlainValue[]) =>
      unpackAll([{ rootId: 'r', commit: 1, stream: Uint8Array.from(bytes), text: 'x', extras }])[0]
    expect(isRefusal(batch(set(0), [[1]]))).toBe(false)
    expect(isRefusal(batch([4, 1, 1, 0, 1, 7, 0, 4, 1, 1, 1, 7, 0, 0], [[1]]))).toBe(true)
    expect(isRefusal(batch(set(0), [[1], [2]]))).toBe(true)
    expect(isRefusal(batch(set(1), [[1], [2]]))).toBe(true)
  })

  test('a name that is too long', () => {
    const [batch] = packAll([[{ op: 'set', id: 1, props: { ['x'.repeat(201)]: 1 }, unset: [] }]])
    expect(isRefusal(unpackAll([batch as PackedBatch])[0])).toBe(true)
  })

  test('names beyond what a root may number, over many batches', () => {
    const unset = (from: number): TreeOperation[] => [
      { op: 'set', id: 1, props: {}, unset: Array.from({ length: 5_000 }, (_, index) => `s${from + index}`) },
    ]
    const results = unpackAll(packAll([0, 5_000, 10_000, 15_000, 20_000].map(unset)))
    expect(results.map(isRefusal)).toEqual([false, false, false, false, true])
  })

  test('any change of any byte is refused or is another batch that plain parsing would judge: never a throw, never more nodes than bytes', () => {
    const batch = packTable()
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 8, 9, 127, 128, 255))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(batch.stream.length - 1), byte), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const stream = batch.stream.slice()
          for (const [at, value] of edits) stream[at] = value
          const reader = createPackedReader(DEFAULT_LIMITS)
          const writer = createPlainWriter()
          const element = vi.spyOn(writer, 'element')
          const textNode = vi.spyOn(writer, 'textNode')
          const problem = reader.read({ ...batch, stream }, writer)
          expect(element.mock.calls.length + textNode.mock.calls.length).toBeLessThanOrEqual(stream.length)
          if (problem) expect(problem.refused).toMatch(/\w+/)
          else parseTreeBatch(writer.take('r', 1), DEFAULT_LIMITS)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('any stream at all', () => {
    const bytes = fc.oneof(fc.uint8Array({ max: 20, maxLength: 60 }), fc.uint8Array({ maxLength: 60 }))
    fc.assert(
      fc.property(bytes, (stream) => {
        const [result] = unpackAll([{ ...packTable(), stream }])
        expect(isRefusal(result) || Array.isArray((result as TreeBatch).operations)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  test('what the listener throws is not swallowed', () => {
    const writer = {
      ...createPlainWriter(),
      remove: () => {
        throw new RangeError('mine')
      },
    }
    expect(() => createPackedReader(DEFAULT_LIMITS).read(packTable(), writer)).toThrow('mine')
  })
})
