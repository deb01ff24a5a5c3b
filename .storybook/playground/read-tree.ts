import {
  DEFAULT_LIMITS,
  isRecord,
  type Parsed,
  parseTreeBatch,
  refuse,
  type TreeBatch,
} from '../../packages/extension-sdk/src/protocol'

/** The root of the playground's tree. */
export const ROOT_ID = 'playground'

/**
 * Reads a tree as somebody writes it: one node or a list of them, in the protocol's plain form. `id`, `props`, `handlers` and `children`
 * may be left out, and a string stands for a node of text.
 */
export const readTree = (text: string): Parsed<TreeBatch> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const taken = new Set<unknown>()
  collectIds(value, taken, 0)
  const nextId = createIds(taken)
  const nodes = Array.isArray(value) ? value : [value]
  return parseTreeBatch(
    {
      rootId: ROOT_ID,
      commit: 1,
      operations: nodes.map((node) => ({ op: 'insert', parent: 0, before: 0, node: complete(node, nextId, 1) })),
    },
    DEFAULT_LIMITS,
  )
}

const collectIds = (value: unknown, ids: Set<unknown>, depth: number): void => {
  // What is deeper is refused as it is.
  if (depth > DEFAULT_LIMITS.treeDepth) return
  if (Array.isArray(value)) for (const node of value) collectIds(node, ids, depth + 1)
  else if (isRecord(value)) {
    ids.add(value.id)
    collectIds(value.children, ids, depth)
  }
}

const createIds = (taken: ReadonlySet<unknown>) => {
  let last = 0
  return () => {
    do last++
    while (taken.has(last))
    return last
  }
}

/** Fills in what was left out. What is of another form stays, for the parser to refuse. */
const complete = (node: unknown, nextId: () => number, depth: number): unknown => {
  if (typeof node === 'string') return { id: nextId(), text: node }
  if (!isRecord(node) || depth > DEFAULT_LIMITS.treeDepth) return node
  const { id = nextId(), props = {}, handlers = [], children = [] } = node
  if ('text' in node) return { ...node, id }
  return {
    ...node,
    ...{ id, props, handlers },
    children: Array.isArray(children) ? children.map((child) => complete(child, nextId, depth + 1)) : children,
  }
}
