import type { NodeId, TreeBatch, TreeNode, TreeOperation } from '../../src/protocol'

interface ModelNode {
  readonly id: NodeId
  readonly component: string | null
  props: Record<string, unknown>
  handlers: readonly string[]
  text: string
  hidden: boolean
  children: ModelNode[]
  parent: ModelNode | null
}

/** What a tree looks like, for comparing: text, or `[component, props, children]`. */
export type Drawn = string | readonly [string, Readonly<Record<string, unknown>>, readonly Drawn[]]

/** The simplest other side there can be. It applies batches to plain objects, and throws at everything a host would refuse. */
export const createTreeModel = () => {
  const root: ModelNode = {
    id: 0,
    component: '#root',
    props: {},
    handlers: [],
    text: '',
    hidden: false,
    children: [],
    parent: null,
  }
  const nodes = new Map<NodeId, ModelNode>([[0, root]])
  const used = new Set<NodeId>()
  let commit = 0

  const get = (id: NodeId): ModelNode => {
    const node = nodes.get(id)
    if (!node) throw new Error(`UNKNOWN_NODE ${id}`)
    return node
  }

  const put = (parent: ModelNode, before: NodeId, node: ModelNode) => {
    const index = before === 0 ? parent.children.length : parent.children.indexOf(get(before))
    if (index < 0) throw new Error(`${before} is no child of ${parent.id}`)
    parent.children.splice(index, 0, node)
    node.parent = parent
  }

  const take = (node: ModelNode) => {
    const siblings = node.parent?.children ?? []
    siblings.splice(siblings.indexOf(node), 1)
    node.parent = null
  }

  const make = (node: TreeNode): ModelNode => {
    if (used.has(node.id)) throw new Error(`the id ${node.id} was used before`)
    used.add(node.id)
    const base = { id: node.id, hidden: false, parent: null }
    const made: ModelNode =
      'text' in node
        ? { ...base, component: null, props: {}, handlers: [], text: node.text, children: [] }
        : {
            ...base,
            component: node.component,
            props: { ...node.props },
            handlers: node.handlers,
            text: '',
            children: [],
          }
    nodes.set(node.id, made)
    if (!('text' in node)) for (const child of node.children) put(made, 0, make(child))
    return made
  }

  const forget = (node: ModelNode) => {
    nodes.delete(node.id)
    for (const child of node.children) forget(child)
  }

  const applyOperation = (operation: TreeOperation) => {
    switch (operation.op) {
      case 'insert':
        return put(get(operation.parent), operation.before, make(operation.node))
      case 'move': {
        const node = get(operation.id)
        take(node)
        return put(get(operation.parent), operation.before, node)
      }
      case 'remove':
        for (const id of operation.ids) {
          const node = get(id)
          take(node)
          forget(node)
        }
        return
      case 'set': {
        const node = get(operation.id)
        Object.assign(node.props, operation.props)
        for (const name of operation.unset) delete node.props[name]
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
      case 'ack':
        get(operation.id)
    }
  }

  const draw = (node: ModelNode): Drawn[] => {
    if (node.hidden) return []
    if (node.component === null) return [node.text]
    return [[node.component, node.props, node.children.flatMap(draw)]]
  }

  return {
    apply(batch: TreeBatch) {
      if (batch.commit !== ++commit) throw new Error(`BATCH_OUT_OF_ORDER ${batch.commit}`)
      // The first says that there is nothing to wait for.
      if (batch.operations.length === 0 && commit > 1) throw new Error('a batch of nothing')
      for (const operation of batch.operations) applyOperation(operation)
    },
    draw: (): readonly Drawn[] => root.children.flatMap(draw),
    /** The handler reference of the first node with this component that is in sight. */
    find(component: string, prop: string): string {
      const node = [...nodes.values()].find((candidate) => candidate.component === component)
      if (!node?.handlers.includes(prop)) throw new Error(`no ${component} with ${prop}`)
      return `${node.id}:${prop}`
    },
    nodeCount: () => nodes.size - 1,
  }
}
