import { isNumbered, type PackedBatch, PackedOperation, PackedValue } from './packed-batch'
import type { PlainValue } from './plain-value'
import type { BatchWriter, NodeShape } from './tree-writer'

/** What fits beside the tag of a value. */
const MAX_INTEGER = 2 ** 28 - 1
/** Bytes of the largest number, which has 32 bits. */
const LONGEST_NUMBER = 5

/** Writes the packed batches of one root. Its state is what the other side has been told of shapes and strings. */
export const createPackedWriter = (): BatchWriter<PackedBatch> => {
  const valueNumbers = new Map<string, number>()
  const nameNumbers = new Map<string, number>()
  const shapeNumbers = new Map<NodeShape, number>()
  let buffer = new Uint8Array(4096)
  let length = 0
  let text = ''
  let shapes: NodeShape[] = []
  let extras: PlainValue[] = []
  let lastId = 0

  const put = (number: number) => {
    if (length + LONGEST_NUMBER > buffer.length) {
      const larger = new Uint8Array(buffer.length * 2)
      larger.set(buffer)
      buffer = larger
    }
    let rest = number
    while (rest > 127) {
      buffer[length++] = (rest & 127) | 128
      rest >>>= 7
    }
    buffer[length++] = rest
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

  const putName = (name: string) => {
    const known = nameNumbers.get(name)
    put(known === undefined ? 0 : known + 1)
    if (known !== undefined) return
    nameNumbers.set(name, nameNumbers.size)
    putText(name)
  }

  const putTagged = (number: number, tag: number) => put(((number << 3) | tag) >>> 0)

  const putExtra = (value: PlainValue) => {
    putTagged(extras.length, PackedValue.extra)
    extras.push(value)
  }

  const putString = (string: string) => {
    const known = valueNumbers.get(string)
    if (known !== undefined) return putTagged(known, PackedValue.string)
    if (isNumbered(string, valueNumbers.size)) valueNumbers.set(string, valueNumbers.size)
    putTagged(string.length, PackedValue.text)
    text += string
  }

  const putValue = (value: PlainValue) => {
    switch (typeof value) {
      case 'string':
        return putString(value)
      case 'number':
        // -0 is equal to 0 and yet another value.
        return (value | 0) === value && Math.abs(value) <= MAX_INTEGER && !Object.is(value, -0)
          ? putTagged((value << 1) ^ (value >> 31), PackedValue.integer)
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
    for (const name of names) putName(name)
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
        putName(name)
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
      return length === 0
    },
    take(rootId, commit) {
      put(PackedOperation.end)
      const batch: PackedBatch = {
        rootId,
        commit,
        // A copy of its own length: the buffer is reused, and what is transferred is gone here.
        stream: buffer.slice(0, length),
        ...(text === '' ? {} : { text }),
        ...(shapes.length === 0 ? {} : { shapes }),
        ...(extras.length === 0 ? {} : { extras }),
      }
      length = 0
      text = ''
      shapes = []
      extras = []
      return batch
    },
  }
}
