import type { NodeId, TreeBatch, TreeNode, TreeOperation } from '../protocol/tree'

/** A node as the test host draws it. */
export interface ModelNode {
  readonly id: NodeId
  /** Null for text. */
  readonly component: string | null
  props: Readonly<Record<string, unknown>>
  handlers: readonly string[]
  text: string
  hidden: boolean
  /** The newest edit of the user that the extension has answered. */
  acknowledged: number
  readonly children: ModelNode[]
  parent: ModelNode | null
}

const createNode = (id: NodeId, component: string | null): ModelNode => ({
  id,
  component,
  props: {},
  handlers: [],
  text: '',
  hidden: false,
  acknowledged: 0,
  children: [],
  parent: null,
})

/** The tree of one root, kept by the operations that arrive. It throws at what a real host refuses. */
export const createTreeModel = () => {
  const root = createNode(0, '#root')
  const nodes = new Map<NodeId, ModelNode>([[0, root]])

  const get = (id: NodeId): ModelNode => {
    const node = nodes.get(id)
    if (!node) throw new Error(`The extension named a node ${id} that is not in its tree.`)
    return node
  }
  const put = (parent: ModelNode, before: NodeId, node: ModelNode) => {
    const index = before === 0 ? parent.children.length : parent.children.indexOf(get(before))
    parent.children.splice(index, 0, node)
    node.parent = parent
  }
  const take = (node: ModelNode) => {
    const siblings = node.parent?.children ?? []
    siblings.splice(siblings.indexOf(node), 1)
    node.parent = null
  }
  const make = (given: TreeNode): ModelNode => {
    const node = createNode(given.id, 'text' in given ? null : given.component)
    nodes.set(node.id, node)
    if ('text' in given) node.text = given.text
    else {
      node.props = given.props
      node.handlers = given.handlers
      for (const child of given.children) put(node, 0, make(child))
    }
    return node
  }
  const forget = (node: ModelNode) => {
    nodes.delete(node.id)
    for (const child of node.children) forget(child)
  }

  const apply = (operation: TreeOperation) => {
    switch (operation.op) {
      case 'insert':
        return put(get(operation.parent), operation.before, make(operation.node))
      case 'move': {
        const node = get(operation.id)
        take(node)
        return put(get(operation.parent), operation.before, node)
      }
      case 'remove':
        for (const node of operation.ids.map(get)) {
          take(node)
          forget(node)
        }
        return
      case 'set': {
        const node = get(operation.id)
        const kept = Object.entries(node.props).filter(([name]) => !operation.unset.includes(name))
        node.props = { ...Object.fromEntries(kept), ...operation.props }
        return
      }
      case 'handlers':
        get(operation.id).handlers = operation.handlers
        return
      case 'text':
        get(operation.id).text = operation.text
        return
      case 'hide':
        get(operation.id).hidden = operation.hidden
        return
      case 'ack': {
        const node = get(operation.id)
        node.acknowledged = Math.max(node.acknowledged, operation.eventVersion)
      }
    }
  }

  return {
    root,
    apply(batch: TreeBatch) {
      for (const operation of batch.operations) apply(operation)
    },
  }
}
