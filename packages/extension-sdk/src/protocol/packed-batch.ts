import type { BridgeLimits } from './limits'
import {
  describe,
  isCount,
  isName,
  isPrototypeKey,
  isRecord,
  isRefusal,
  isStringArray,
  type Parsed,
  refuse,
} from './parse'
import { findUnsendable, type PlainValue } from './plain-value'
import { findHandlersProblem, type TreeBatch } from './tree'
import type { NodeShape } from './tree-writer'

/** The capability by which both sides say that they understand packed batches. */
export const PACKED_BATCHES = 'packed-batches'

/**
 * A batch as one stream of bytes, which is transferred and not copied.
 *
 * The stream is a row of numbers, none negative, each in as few bytes as it needs: seven bits a byte, the lowest first, and the
 * highest bit says that more follow. What repeats is sent once per root and known by its number from then on: shapes, names and
 * short values. Everything below is in the order of the stream; `pack-batch.ts` writes it and `unpack-batch.ts` is its inverse.
 */
export interface PackedBatch {
  readonly rootId: string
  readonly commit: number
  /** The operations. */
  readonly stream: Uint8Array
  /** The strings of this batch, end to end. The stream holds their lengths. */
  readonly text?: string
  /** Shapes that get the next numbers of the root. */
  readonly shapes?: readonly NodeShape[]
  /** Values of this batch that the stream cannot hold: fractions, large numbers, lists, records. */
  readonly extras?: readonly PlainValue[]
}

/**
 * What an operation starts with.
 *
 * A node's header is `(shape number << 1) | 1` or, without its id because it is the last id plus one, `| 0`. A name is its number
 * plus one, or 0 and a string that gets the next number. A string is its length.
 */
export const PackedOperation = {
  /** The end of the stream, so that no truncation is a shorter batch. */
  end: 0,
  /** parent, before, then the nodes: element = header, id?, values, child count, children; text = 0 or 1, id?, string. */
  insert: 1,
  /** id, parent, before */
  move: 2,
  /** count, ids */
  remove: 3,
  /** id, count, (name, value) of each, count, names to unset */
  set: 4,
  /** id, count, names */
  handlers: 5,
  /** id, string */
  text: 6,
  /** id, 0 or 1 */
  hide: 7,
  /** id, event version */
  ack: 8,
} as const

/**
 * The three low bits of a value say what it is; the rest is the integer (its sign in the lowest bit), the number or the length of the
 * string, or the number of the extra. A short string gets the next number where it is first said, as long as there are numbers.
 */
export const PackedValue = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  integer: 4,
  text: 5,
  string: 6,
  extra: 7,
} as const

/** Both sides keep what is numbered for as long as the root lives, so it has a bound. */
export const MAX_NUMBERED = 20_000
export const MAX_NAME_LENGTH = 200

/** Short values repeat, so they are numbered; but a root that shows ever new ones must not fill the memory of both sides. */
const NUMBERED_LENGTH = 24
const NUMBERED_VALUES = 1_000

/** The rule by which both sides number the strings of values. */
export const isNumbered = (string: string, numbered: number): boolean =>
  string.length <= NUMBERED_LENGTH && numbered < NUMBERED_VALUES

export const isPackedBatch = (batch: unknown): batch is PackedBatch => isRecord(batch) && batch.stream !== undefined

/** What of a batch changes hands with its message instead of being copied. */
export const transferOf = (batch: TreeBatch | PackedBatch): Transferable[] =>
  // parsePackedBatch lets no shared memory pass, and createPackedWriter makes none.
  isPackedBatch(batch) ? [batch.stream.buffer as ArrayBuffer] : []

type PackedLimits = Pick<BridgeLimits, 'batchBytes' | 'nodesPerRoot' | 'stringLength'>

/** By tag, since a value of another realm has that realm's constructor. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

const isStream = (value: unknown): value is Uint8Array => ArrayBuffer.isView(value) && tagOf(value) === 'Uint8Array'

/** Checks a packed batch by its bounds alone. What the stream says is checked where it is read. */
export const parsePackedBatch = (value: unknown, limits: PackedLimits): Parsed<PackedBatch> => {
  if (!isRecord(value)) return refuse(`A packed batch must be an object; received ${describe(value)}.`)
  const { rootId, commit, stream, text = '', shapes = [], extras = [] } = value
  if (!isName(rootId)) return refuse('A batch needs a rootId of 1 to 200 characters.')
  if (!isCount(commit) || commit === 0) return refuse('A batch needs a commit number of 1 or more.')
  // Shared memory could change between its check and its use.
  if (!isStream(stream) || tagOf(stream.buffer) !== 'ArrayBuffer')
    return refuse(`stream must be a Uint8Array of its own; received ${describe(stream)}.`)
  if (typeof text !== 'string') return refuse(`text must be a string; received ${describe(text)}.`)
  if (!Array.isArray(shapes) || shapes.length > MAX_NUMBERED)
    return refuse(`shapes must be an array of at most ${MAX_NUMBERED}.`)
  const parsedShapes: NodeShape[] = []
  let bytes = 0
  for (let index = 0; index < shapes.length && bytes <= limits.batchBytes; index++) {
    const shape = parseShape(shapes[index], `shapes[${index}]`)
    if (isRefusal(shape)) return shape
    parsedShapes.push(shape)
    bytes += sizeOfShape(shape)
  }
  if (!Array.isArray(extras)) return refuse('extras must be an array.')
  const problem = findSizeProblem({ stream, text, shapes: parsedShapes, extras }, limits)
  if (problem) return refuse(problem)
  // What a newer version adds is not kept: nothing here would count it.
  return {
    rootId,
    commit,
    stream,
    ...(text === '' ? {} : { text }),
    ...(parsedShapes.length === 0 ? {} : { shapes: parsedShapes }),
    // findUnsendable has found nothing but plain values.
    ...(extras.length === 0 ? {} : { extras: extras as readonly PlainValue[] }),
  }
}

const sizeOfShape = ({ component, props, handlers }: NodeShape): number =>
  [component, ...props, ...handlers].reduce((sum, name) => sum + name.length, 0)

/** What of a batch is more than one may hold, in a sentence. It is the same for who sends it and for who receives it. */
export const findSizeProblem = (
  { stream, text = '', shapes = [], extras = [] }: Pick<PackedBatch, 'stream' | 'text' | 'shapes' | 'extras'>,
  { batchBytes, stringLength, nodesPerRoot }: PackedLimits,
): string | undefined => {
  const bytes = shapes.reduce((sum, shape) => sum + sizeOfShape(shape), stream.buffer.byteLength + text.length)
  return bytes > batchBytes
    ? `A batch of ${bytes} bytes is over the limit of ${batchBytes}. Show less at once.`
    : findUnsendable(extras, 'extras', { depth: 17, stringLength, values: nodesPerRoot * 4 })
}

const parseShape = (shape: unknown, at: string): Parsed<NodeShape> => {
  if (!isRecord(shape)) return refuse(`${at} must be an object; received ${describe(shape)}.`)
  const { component, props, handlers } = shape
  if (!isName(component)) return refuse(`${at}.component must be a name.`)
  if (!isStringArray(props) || !props.every((name) => name.length <= MAX_NAME_LENGTH && !isPrototypeKey(name)))
    return refuse(`${at}.props must be an array of prop names.`)
  const problem = findHandlersProblem(handlers, `${at}.handlers`)
  // findHandlersProblem has found them to be names of events.
  return problem ? refuse(problem) : { component, props, handlers: handlers as readonly string[] }
}
