import type { BridgeLimits } from './limits'
import {
  describe,
  isArrayOf,
  isCount,
  isName,
  isPrototypeKey,
  isRecord,
  isStringArray,
  type Parsed,
  refuse,
} from './parse'
import { findUnsendable, type PlainValue } from './plain-value'

/** Numbered by the extension within one root, never reused. 0 is the root itself. */
export type NodeId = number

export const ROOT_NODE_ID: NodeId = 0

/** The component that carries an element prop (a slot): its children are drawn where the parent's prop `name` goes. */
export const SLOT_COMPONENT = '#slot'

export interface ElementNode {
  readonly id: NodeId
  readonly component: string
  readonly props: Readonly<Record<string, PlainValue>>
  /** Names of the event props that have a handler now. */
  readonly handlers: readonly string[]
  readonly children: readonly TreeNode[]
}

export interface TextNode {
  readonly id: NodeId
  readonly text: string
}

export type TreeNode = ElementNode | TextNode

export const isTextNode = (node: TreeNode): node is TextNode => 'text' in node

/** One change of a tree. Nodes are addressed by id and by the sibling they stand before (0: at the end), never by index. */
export type TreeOperation =
  | { readonly op: 'insert'; readonly parent: NodeId; readonly before: NodeId; readonly node: TreeNode }
  | { readonly op: 'move'; readonly id: NodeId; readonly parent: NodeId; readonly before: NodeId }
  | { readonly op: 'remove'; readonly ids: readonly NodeId[] }
  | {
      readonly op: 'set'
      readonly id: NodeId
      readonly props: Readonly<Record<string, PlainValue>>
      readonly unset: readonly string[]
    }
  | { readonly op: 'handlers'; readonly id: NodeId; readonly handlers: readonly string[] }
  | { readonly op: 'text'; readonly id: NodeId; readonly text: string }
  | { readonly op: 'hide'; readonly id: NodeId; readonly hidden: boolean }
  | { readonly op: 'ack'; readonly id: NodeId; readonly eventVersion: number }

/** Everything one React commit changed in one root. */
export interface TreeBatch {
  readonly rootId: string
  /** 1 for the first commit of the root, then one more each time. */
  readonly commit: number
  readonly operations: readonly TreeOperation[]
}

/** The reference by which the host calls an event prop: it lives exactly as long as its node. */
export const handlerId = (node: NodeId, prop: string): string => `${node}:${prop}`

export const parseHandlerId = (id: string): { node: NodeId; prop: string } | undefined => {
  const colon = id.indexOf(':')
  const node = Number(id.slice(0, colon))
  return colon > 0 && isCount(node) && colon < id.length - 1 ? { node, prop: id.slice(colon + 1) } : undefined
}

type BatchLimits = Pick<BridgeLimits, 'nodesPerRoot' | 'treeDepth' | 'stringLength' | 'batchBytes'>

/** Checks the form of a batch. Whether its ids exist and its components are allowed, the host's tree decides. */
export const parseTreeBatch = (value: unknown, limits: BatchLimits): Parsed<TreeBatch> => {
  if (!isRecord(value)) return refuse(`A batch must be an object; received ${describe(value)}.`)
  const { rootId, commit, operations } = value
  if (!isName(rootId)) return refuse('A batch needs a rootId of 1 to 200 characters.')
  if (!isCount(commit) || commit === 0) return refuse('A batch needs a commit number of 1 or more.')
  if (!Array.isArray(operations)) return refuse('A batch needs an array of operations.')
  if (operations.length > limits.nodesPerRoot * 2)
    return refuse(`A batch of ${operations.length} operations is over the limit of ${limits.nodesPerRoot * 2}.`)
  // One budget for all of it: a value that many operations share is walked as often as it is named.
  const unsendable = findUnsendable(operations, 'operations', {
    depth: limits.treeDepth * 2 + 24,
    stringLength: limits.stringLength,
    values: limits.nodesPerRoot * 40,
    size: limits.batchBytes,
  })
  if (unsendable) return refuse(unsendable)
  const count = { nodes: 0 }
  for (let index = 0; index < operations.length; index++) {
    const problem = findOperationProblem(operations[index], `operations[${index}]`, limits, count)
    if (problem) return refuse(problem)
  }
  // Every field was checked just above; the cast only gives the checked value its name.
  return { rootId, commit, operations: operations as readonly TreeOperation[] }
}

const findOperationProblem = (
  operation: unknown,
  at: string,
  limits: BatchLimits,
  count: { nodes: number },
): string | undefined => {
  if (!isRecord(operation)) return `${at} must be an object; received ${describe(operation)}.`
  const { op } = operation
  const needId = () => (isCount(operation.id) && operation.id > 0 ? undefined : `${at}.id must be a node id.`)
  const needPlace = () =>
    isCount(operation.parent) && isCount(operation.before) ? undefined : `${at} needs a parent and a before id.`
  switch (op) {
    case 'insert':
      return needPlace() ?? findNodeProblem(operation.node, `${at}.node`, 1, limits, count)
    case 'move':
      return needId() ?? needPlace()
    case 'remove':
      return isArrayOf(operation.ids, isCount, limits.nodesPerRoot) && operation.ids.every((id) => id > 0)
        ? undefined
        : `${at}.ids must be an array of node ids.`
    case 'set':
      return (
        needId() ??
        findPropsProblem(operation.props, `${at}.props`) ??
        (isStringArray(operation.unset) ? undefined : `${at}.unset must be an array of prop names.`)
      )
    case 'handlers':
      return needId() ?? findHandlersProblem(operation.handlers, `${at}.handlers`)
    case 'text':
      return needId() ?? findTextProblem(operation.text, `${at}.text`, limits)
    case 'hide':
      return needId() ?? (typeof operation.hidden === 'boolean' ? undefined : `${at}.hidden must be true or false.`)
    case 'ack':
      return needId() ?? (isCount(operation.eventVersion) ? undefined : `${at}.eventVersion must be a count.`)
    default:
      return `${at}.op is ${describe(op)}, which this version does not know.`
  }
}

const findNodeProblem = (
  node: unknown,
  at: string,
  depth: number,
  limits: BatchLimits,
  count: { nodes: number },
): string | undefined => {
  if (!isRecord(node)) return `${at} must be an object; received ${describe(node)}.`
  if (!isCount(node.id) || node.id === 0) return `${at}.id must be a node id.`
  if (++count.nodes > limits.nodesPerRoot) return `The batch inserts more than ${limits.nodesPerRoot} nodes.`
  if (depth > limits.treeDepth) return `${at} is deeper than ${limits.treeDepth} levels.`
  if (Object.hasOwn(node, 'text')) return findTextProblem(node.text, `${at}.text`, limits)
  if (!isName(node.component)) return `${at}.component must be a name.`
  const problem = findPropsProblem(node.props, `${at}.props`) ?? findHandlersProblem(node.handlers, `${at}.handlers`)
  if (problem) return problem
  if (!Array.isArray(node.children)) return `${at}.children must be an array.`
  for (let index = 0; index < node.children.length; index++) {
    const childProblem = findNodeProblem(node.children[index], `${at}.children[${index}]`, depth + 1, limits, count)
    if (childProblem) return childProblem
  }
  return undefined
}

const findTextProblem = (text: unknown, at: string, limits: BatchLimits): string | undefined => {
  if (typeof text !== 'string') return `${at} must be a string; received ${describe(text)}.`
  return text.length > limits.stringLength ? `${at} is longer than ${limits.stringLength} characters.` : undefined
}

const findPropsProblem = (props: unknown, at: string): string | undefined =>
  isRecord(props) ? undefined : `${at} must be an object; received ${describe(props)}.`

export const findHandlersProblem = (handlers: unknown, at: string): string | undefined =>
  isStringArray(handlers, 64) && handlers.every((name) => /^on[A-Z]\w{0,60}$/.test(name) && !isPrototypeKey(name))
    ? undefined
    : `${at} must be an array of event prop names such as onPress.`
