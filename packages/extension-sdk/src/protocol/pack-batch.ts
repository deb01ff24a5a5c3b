import { type PackedBatch, PackedOperation, PackedValue } from './packed-batch'
import type { PlainValue } from './plain-value'
import type { BatchWriter, NodeShape } from './tree-writer'

/** Short values repeat, so they are numbered; but a root that shows ever new ones must not fill the memory of both sides. */
const NUMBERED_LENGTH = 24
const NUMBERED_VALUES = 1_000

/** What fits beside the tag of a value. */
const MAX_INTEGER = 2 ** 28 - 1

/** Writes the packed batches of one root. Its state is what the other side has been told of shapes and strings. */
export const createPackedWriter = (): BatchWriter<PackedBatch> => {
  const stringNumbers = new Map<string, number>()
  const shapeNumbers = new Map<NodeShape, number>()
  let buffer = new Int32Array(1024)
  // The first place is for the length.
  let length = 1
  let text = ''
  let strings: string[] = []
  let shapes: NodeShape[] = []
  let extras: PlainValue[] = []
  let lastId = 0

  const put = (integer: number) => {
    if (length === buffer.length) {
      const larger = new Int32Array(length * 2)
      larger.set(buffer)
      buffer = larger
    }
    buffer[length++] = integer
  }

  const numberOf = (string: string): number => {
    const known = stringNumbers.get(string)
    if (known !== undefined) return known
    strings.push(string)
    stringNumbers.set(string, stringNumbers.size)
    return stringNumbers.size - 1
  }

  const numberOfShape = (shape: NodeShape): number => {
    const known = shapeNumbers.get(shape)
    if (known !== undefined) return known
    shapes.push(shape)
    // 0 stands for a text.
    shapeNumbers.set(shape, shapeNumbers.size + 1)
    return shapeNumbers.size
  }

  const putText = (string: string) => {
    put(string.length)
    text += string
  }

  const putExtra = (value: PlainValue) => {
    put((extras.length << 3) | PackedValue.extra)
    extras.push(value)
  }

  const putString = (string: string) => {
    const isNumbered =
      string.length <= NUMBERED_LENGTH && (stringNumbers.has(string) || stringNumbers.size < NUMBERED_VALUES)
    if (isNumbered) return put((numberOf(string) << 3) | PackedValue.string)
    put((string.length << 3) | PackedValue.text)
    text += string
  }

  const putValue = (value: PlainValue) => {
    switch (typeof value) {
      case 'string':
        return putString(value)
      case 'number':
        // -0 is equal to 0 and yet another value.
        return (value | 0) === value && Math.abs(value) <= MAX_INTEGER && !Object.is(value, -0)
          ? put((value << 3) | PackedValue.integer)
          : putExtra(value)
      case 'boolean':
        return put(value ? PackedValue.true : PackedValue.false)
      case 'undefined':
        return put(PackedValue.undefined)
    }
    if (value === null) put(PackedValue.null)
    else putExtra(value)
  }

  const putNames = (names: readonly string[]) => {
    put(names.length)
    for (const name of names) put(numberOf(name))
  }

  const putHeader = (shape: number, id: number) => {
    const follows = id === lastId + 1
    lastId = id
    put((shape << 1) | (follows ? 0 : 1))
    if (!follows) put(id)
  }

  const putIds = (...integers: readonly number[]) => {
    for (const integer of integers) put(integer)
  }

  return {
    insert: (parent, before) => putIds(PackedOperation.insert, parent, before),
    element(id, shape, props, childCount) {
      putHeader(numberOfShape(shape), id)
      for (const name of shape.props) putValue(props[name])
      put(childCount)
    },
    textNode(id, string) {
      putHeader(0, id)
      putText(string)
    },
    move: (id, parent, before) => putIds(PackedOperation.move, id, parent, before),
    remove(ids) {
      putIds(PackedOperation.remove, ids.length)
      for (const id of ids) put(id)
    },
    set(id, props, unset) {
      const names = Object.keys(props)
      putIds(PackedOperation.set, id, names.length)
      for (const name of names) {
        put(numberOf(name))
        putValue(props[name])
      }
      putNames(unset)
    },
    handlers(id, names) {
      putIds(PackedOperation.handlers, id)
      putNames(names)
    },
    text(id, string) {
      putIds(PackedOperation.text, id)
      putText(string)
    },
    hide: (id, hidden) => putIds(PackedOperation.hide, id, hidden ? 1 : 0),
    ack: (id, eventVersion) => putIds(PackedOperation.ack, id, eventVersion),
    get isEmpty() {
      return length === 1
    },
    take(rootId, commit) {
      buffer[0] = length - 1
      const batch: PackedBatch = {
        rootId,
        commit,
        // A copy of its own length: the buffer is reused, and what is transferred is gone here.
        stream: buffer.slice(0, length),
        ...(text === '' ? {} : { text }),
        ...(strings.length === 0 ? {} : { strings }),
        ...(shapes.length === 0 ? {} : { shapes }),
        ...(extras.length === 0 ? {} : { extras }),
      }
      length = 1
      text = ''
      strings = []
      shapes = []
      extras = []
      return batch
    },
  }
}
