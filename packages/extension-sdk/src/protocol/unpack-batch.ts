import type { BridgeLimits } from './limits'
import {
  isNumbered,
  MAX_NAME_LENGTH,
  MAX_NUMBERED,
  type PackedBatch,
  PackedOperation,
  PackedValue,
} from './packed-batch'
import { isPrototypeKey, type Parsed, type Refusal, refuse } from './parse'
import type { PlainValue } from './plain-value'
import type { TreeBatch } from './tree'
import { createPlainWriter, type NodeShape, type TreeWriter } from './tree-writer'

/** Reads the packed batches of one root. Its state is the inverse of the packed writer's. */
export interface PackedReader {
  /**
   * Says the operations of a batch to a writer. Every number of the stream is checked before it is used, and each takes a part of the
   * stream, so that a hostile one costs no more than its length.
   *
   * @returns What is wrong with the batch; the writer has then heard a part of it. What the writer throws is thrown on.
   */
  read(batch: PackedBatch, writer: TreeWriter): Refusal | undefined
  /** The same batch in plain operations, for people, recordings and tests. */
  unpack(batch: PackedBatch): Parsed<TreeBatch>
}

class Malformed extends Error {}

const fail = (sentence: string): never => {
  throw new Malformed(sentence)
}

export const createPackedReader = (limits: Pick<BridgeLimits, 'stringLength'>): PackedReader => {
  const knownValues: string[] = []
  const knownNames: string[] = []
  const knownShapes: NodeShape[] = []
  let lastId = 0

  const learn = <T>(list: T[], items: readonly T[]) => {
    if (list.length + items.length > MAX_NUMBERED)
      fail(`A root may number ${MAX_NUMBERED} names and shapes; this one numbers more.`)
    for (const item of items) list.push(item)
  }

  const say = ({ stream, text = '', extras = [] }: PackedBatch, writer: TreeWriter) => {
    let at = 0
    let textAt = 0
    let extrasRead = 0

    const byte = (): number => (at < stream.length ? (stream[at++] as number) : fail('The stream ends too early.'))
    /** None is negative, and none has more than 32 bits. */
    const next = (): number => {
      let part = byte()
      if (part < 128) return part
      let number = part & 127
      for (let weight = 128; weight <= 2 ** 28; weight *= 128) {
        part = byte()
        number += (part & 127) * weight
        if (part < 128) return number < 2 ** 32 ? number : fail('The stream has a number of more than 32 bits.')
      }
      return fail('The stream has a number of more than five bytes.')
    }
    const count = (): number => {
      const value = next()
      return value < 2 ** 31 ? value : fail(`The stream has ${value} where a count or an id is expected.`)
    }
    const id = (): number => count() || fail('The stream has 0 where a node id is expected.')

    const textOf = (length: number): string => {
      if (length > limits.stringLength) fail(`A string is longer than ${limits.stringLength} characters.`)
      if (length > text.length - textAt) fail('The stream has a string that is longer than the text.')
      textAt += length
      const string = text.slice(textAt - length, textAt)
      // A part of a string keeps all of it in memory. Where that would be much, the part becomes a string of its own.
      return length * 16 < text.length ? ` ${string}`.slice(1) : string
    }
    const numbered = <T>(list: readonly T[], number: number, what: string): T =>
      number < list.length ? (list[number] as T) : fail(`The stream names ${what} ${number}, of which there is none.`)
    const newName = (): string => {
      const name = textOf(count())
      if (name.length > MAX_NAME_LENGTH) fail(`A name is longer than ${MAX_NAME_LENGTH} characters.`)
      learn(knownNames, [name])
      return name
    }
    const name = (): string => {
      const number = count()
      return number === 0 ? newName() : numbered(knownNames, number - 1, 'name')
    }
    const string = (length: number): string => {
      const value = textOf(length)
      if (isNumbered(value, knownValues.length)) knownValues.push(value)
      return value
    }

    const value = (): PlainValue => {
      const code = next()
      switch (code & 7) {
        case PackedValue.integer:
          return (code >>> 4) ^ -((code >>> 3) & 1)
        case PackedValue.string:
          return numbered(knownValues, code >>> 3, 'string')
        case PackedValue.text:
          return string(code >>> 3)
        case PackedValue.extra:
          // Each is named once: checking one that is named a thousand times would cost a thousand times its size.
          if (code >>> 3 !== extrasRead++) fail('The stream names the extras in another order than theirs.')
          return numbered(extras, code >>> 3, 'extra')
        case PackedValue.true:
          return true
        case PackedValue.false:
          return false
        case PackedValue.null:
          return null
        default:
          return undefined
      }
    }

    /** Says one node and returns how many children it has. */
    const node = (): number => {
      const header = count()
      lastId = (header & 1) === 1 ? id() : lastId + 1
      const nodeId = lastId
      if (header >> 1 === 0) {
        writer.textNode(nodeId, textOf(count()))
        return 0
      }
      const shape = numbered(knownShapes, (header >> 1) - 1, 'shape')
      const props: Record<string, PlainValue> = {}
      for (const prop of shape.props) props[prop] = value()
      const childCount = count()
      writer.element(nodeId, shape, props, childCount)
      return childCount
    }

    /** As many as the stream says, one by one: a wrong count meets the end of the stream before it costs anything. */
    const list = <T>(read: () => T): T[] => {
      const items: T[] = []
      for (let missing = count(); missing > 0; missing--) items.push(read())
      return items
    }

    const operation = (kind: number) => {
      switch (kind) {
        case PackedOperation.insert: {
          writer.insert(count(), count())
          // Parents come before their children, so counting those still to come is enough to know where the subtree ends.
          for (let missing = 1; missing > 0; missing--) missing += node()
          return
        }
        case PackedOperation.move:
          return writer.move(id(), count(), count())
        case PackedOperation.remove:
          return writer.remove(list(id))
        case PackedOperation.set: {
          const nodeId = id()
          const props: Record<string, PlainValue> = {}
          for (let missing = count(); missing > 0; missing--) {
            const prop = name()
            if (isPrototypeKey(prop)) fail(`The stream sets a prop named ${prop}, which is refused.`)
            props[prop] = value()
          }
          return writer.set(nodeId, props, list(name))
        }
        case PackedOperation.handlers:
          return writer.handlers(id(), list(name))
        case PackedOperation.text:
          return writer.text(id(), textOf(count()))
        case PackedOperation.hide:
          return writer.hide(id(), count() !== 0)
        case PackedOperation.ack:
          return writer.ack(id(), count())
        default:
          fail('The stream has an operation that this version does not know.')
      }
    }

    for (let kind = next(); kind !== PackedOperation.end; kind = next()) operation(kind)
    if (at < stream.length) fail('The stream goes on after its end.')
    if (extrasRead < extras.length) fail('There are more extras than the stream names.')
    if (textAt < text.length) fail('The text is longer than the strings of the stream.')
  }

  const reader: PackedReader = {
    read(batch, writer) {
      try {
        learn(knownShapes, batch.shapes ?? [])
        say(batch, writer)
        return undefined
      } catch (error) {
        if (error instanceof Malformed) return refuse(error.message)
        throw error
      }
    },
    unpack(batch) {
      const writer = createPlainWriter()
      return reader.read(batch, writer) ?? writer.take(batch.rootId, batch.commit)
    },
  }
  return reader
}
