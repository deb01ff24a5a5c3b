import type { BridgeLimits } from './limits'
import { describe, isCount, isName, isPrototypeKey, isRecord, isStringArray, type Parsed, refuse } from './parse'
import { findUnsendable, type PlainValue } from './plain-value'
import { findHandlersProblem, type TreeBatch } from './tree'
import type { NodeShape } from './tree-writer'

/** The capability by which both sides say that they understand packed batches. */
export const PACKED_BATCHES = 'packed-batches'

/**
 * A batch as one stream of integers, which is transferred and not copied.
 *
 * What repeats is sent once per root and known by its number from then on: shapes, names and short values. Everything below is in
 * the order of the stream; `pack-batch.ts` writes it and `unpack-batch.ts` is its inverse.
 */
export interface PackedBatch {
  readonly rootId: string
  readonly commit: number
  /** How many integers follow, then the operations. */
  readonly stream: Int32Array
  /** The strings of this batch, end to end. The stream holds their lengths. */
  readonly text?: string
  /** Strings that get the next numbers of the root. */
  readonly strings?: readonly string[]
  /** Shapes that get the next numbers of the root. */
  readonly shapes?: readonly NodeShape[]
  /** Values of this batch that the stream cannot hold: fractions, large numbers, lists, records. */
  readonly extras?: readonly PlainValue[]
}

/** What an operation starts with. A node is `(shape number << 1) | 1` or, without its id because it is the last id plus one, `| 0`. */
export const PackedOperation = {
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

/** The three low bits of a value say what it is; the rest is the integer, the string's number or length, or the extra's number. */
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

export const isPackedBatch = (batch: unknown): batch is PackedBatch => isRecord(batch) && batch.stream !== undefined

/** What of a batch changes hands with its message instead of being copied. */
export const transferOf = (batch: TreeBatch | PackedBatch): Transferable[] =>
  // parsePackedBatch lets no shared memory pass, and createPackedWriter makes none.
  isPackedBatch(batch) ? [batch.stream.buffer as ArrayBuffer] : []

type PackedLimits = Pick<BridgeLimits, 'batchBytes' | 'nodesPerRoot' | 'stringLength'>

/** By tag, since a value of another realm has that realm's constructor. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

const isStream = (value: unknown): value is Int32Array => ArrayBuffer.isView(value) && tagOf(value) === 'Int32Array'

/** Checks a packed batch by its bounds alone. What the stream says is checked where it is read. */
export const parsePackedBatch = (value: unknown, limits: PackedLimits): Parsed<PackedBatch> => {
  if (!isRecord(value)) return refuse(`A packed batch must be an object; received ${describe(value)}.`)
  const { rootId, commit, stream, text = '', strings = [], shapes = [], extras = [] } = value
  if (!isName(rootId)) return refuse('A batch needs a rootId of 1 to 200 characters.')
  if (!isCount(commit) || commit === 0) return refuse('A batch needs a commit number of 1 or more.')
  // Shared memory could change between its check and its use.
  if (!isStream(stream) || tagOf(stream.buffer) !== 'ArrayBuffer')
    return refuse(`stream must be an Int32Array of its own; received ${describe(stream)}.`)
  if (typeof text !== 'string') return refuse(`text must be a string; received ${describe(text)}.`)
  const bytes = stream.buffer.byteLength + text.length
  if (bytes > limits.batchBytes)
    return refuse(`A batch of ${bytes} bytes is over the limit of ${limits.batchBytes}. Show less at once.`)
  if (!isStringArray(strings, MAX_NUMBERED) || !strings.every((string) => string.length <= MAX_NAME_LENGTH))
    return refuse(`strings must be at most ${MAX_NUMBERED} strings of at most ${MAX_NAME_LENGTH} characters.`)
  if (!Array.isArray(shapes) || shapes.length > MAX_NUMBERED)
    return refuse(`shapes must be an array of at most ${MAX_NUMBERED}.`)
  for (let index = 0; index < shapes.length; index++) {
    const problem = findShapeProblem(shapes[index], `shapes[${index}]`)
    if (problem) return refuse(problem)
  }
  if (!Array.isArray(extras)) return refuse('extras must be an array.')
  const budget = { depth: 17, stringLength: limits.stringLength, values: limits.nodesPerRoot * 4 }
  const problem = findUnsendable(extras, 'extras', budget)
  if (problem) return refuse(problem)
  // Field by field: what was not checked goes no further.
  return {
    rootId,
    commit,
    stream,
    ...(text === '' ? {} : { text }),
    ...(strings.length === 0 ? {} : { strings }),
    ...(shapes.length === 0 ? {} : { shapes: shapes.map(onlyShape) }),
    ...(extras.length === 0 ? {} : { extras }),
  }
}

const onlyShape = ({ component, props, handlers }: NodeShape): NodeShape => ({ component, props, handlers })

const findShapeProblem = (shape: unknown, at: string): string | undefined => {
  if (!isRecord(shape)) return `${at} must be an object; received ${describe(shape)}.`
  if (!isName(shape.component)) return `${at}.component must be a name.`
  if (
    !isStringArray(shape.props) ||
    !shape.props.every((name) => name.length <= MAX_NAME_LENGTH && !isPrototypeKey(name))
  )
    return `${at}.props must be an array of prop names.`
  return findHandlersProblem(shape.handlers, `${at}.handlers`)
}
