import {
  type NodeId,
  type PlainValue,
  ROOT_NODE_ID,
  SLOT_COMPONENT,
  type TreeWriter,
} from '@souk/extension-sdk/protocol'

/** A node as the extension said it, checked by nobody: what is drawn of it is up to the host's own tree. */
export interface MirrorNode {
  readonly id: NodeId
  /** The component, `#slot`, or `undefined` of a text. */
  readonly component: string | undefined
  text: string
  props: Readonly<Record<string, PlainValue>>
  handlers: readonly string[]
  hidden: boolean
  parent: MirrorNode | undefined
  children: MirrorNode[]
}

const createNode = (id: NodeId, component: string | undefined): MirrorNode => ({
  id,
  component,
  text: '',
  props: {},
  handlers: [],
  hidden: false,
  parent: undefined,
  children: [],
})

export const isSlot = ({ component }: MirrorNode): boolean => component === SLOT_COMPONENT

/** One root of an extension, followed from its batches. An operation that names what is not there is the host's to refuse; here it does nothing. */
export const createTreeMirror = (): { readonly root: MirrorNode; readonly writer: TreeWriter } => {
  const root = createNode(ROOT_NODE_ID, undefined)
  const nodes = new Map<NodeId, MirrorNode>([[ROOT_NODE_ID, root]])
  let place = { parent: root, before: 0 as NodeId }
  /** The elements whose children are still to come, innermost last. */
  const open: { readonly node: MirrorNode; missing: number }[] = []

  const unlink = (node: MirrorNode) => {
    if (node.parent) node.parent.children = node.parent.children.filter((child) => child !== node)
    node.parent = undefined
  }
  const link = (node: MirrorNode, parent: MirrorNode, before: NodeId) => {
    const index = parent.children.findIndex(({ id }) => id === before)
    node.parent = parent
    parent.children.splice(index < 0 ? parent.children.length : index, 0, node)
  }
  const add = (node: MirrorNode, childCount: number) => {
    nodes.set(node.id, node)
    const holder = open.at(-1)
    if (holder) {
      holder.missing--
      link(node, holder.node, 0)
    } else link(node, place.parent, place.before)
    if (childCount > 0) open.push({ node, missing: childCount })
    else while (open.at(-1)?.missing === 0) open.pop()
  }
  const forget = (node: MirrorNode) => {
    nodes.delete(node.id)
    for (const child of node.children) forget(child)
  }

  const writer: TreeWriter = {
    insert(parent, before) {
      place = { parent: nodes.get(parent) ?? root, before }
      open.length = 0
    },
    element(id, { component, props: names, handlers }, values, childCount) {
      const props = Object.fromEntries(names.map((name) => [name, values[name]]))
      add(Object.assign(createNode(id, component), { props, handlers }), childCount)
    },
    textNode: (id, text) => add(Object.assign(createNode(id, undefined), { text }), 0),
    move(id, parentId, before) {
      const node = nodes.get(id)
      const parent = nodes.get(parentId)
      if (!node || !parent) return
      unlink(node)
      link(node, parent, before)
    },
    remove(ids) {
      for (const id of ids) {
        const node = nodes.get(id)
        if (!node) continue
        unlink(node)
        forget(node)
      }
    },
    set(id, props, unset) {
      const node = nodes.get(id)
      if (!node) return
      const kept = Object.entries(node.props).filter(([name]) => !unset.includes(name))
      node.props = { ...Object.fromEntries(kept), ...props }
    },
    handlers(id, handlers) {
      const node = nodes.get(id)
      if (node) node.handlers = handlers
    },
    text(id, text) {
      const node = nodes.get(id)
      if (node) node.text = text
    },
    hide(id, hidden) {
      const node = nodes.get(id)
      if (node) node.hidden = hidden
    },
    ack: () => undefined,
  }
  return { root, writer }
}
