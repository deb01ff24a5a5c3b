import { Component, type ReactNode, useCallback, useSyncExternalStore } from 'react'
import { jsx } from 'react/jsx-runtime'
import type { EventHandler } from './bind-handler'
import type { MethodsRef } from './component-methods'
import { withShownValue } from './controlled-value'
import { drawHidden } from './hide-siblings'
import { addMount, type BoundaryMount, type HostElement, type HostNode, isElement, removeMount } from './host-node'

/** What a drawing needs of the tree's store besides the nodes. */
export interface Drawing {
  handlerOf(node: HostNode, prop: string): EventHandler
  methodsRefOf(node: HostNode): MethodsRef | undefined
  /** Whether the user is in the middle of a character there. */
  isComposed(node: HostNode): boolean
  /** Whether a component may be drawn for the first time now, or its parent is drawn again for it later. */
  mayDraw(parent: HostNode): boolean
}

/**
 * A child of a parent with more children than this is drawn again by itself. With fewer, drawing the parent again costs less than
 * a subscription for each: unchanged siblings are the same elements as before, and React skips them.
 */
const MANY_CHILDREN = 8

const insideOf = (node: HostNode, drawing: Drawing): ReactNode => {
  // undefined says that it has to be drawn, so nothing to draw is null.
  if (node.inside === undefined)
    node.inside = (isElement(node) ? drawElement(node, drawing, undefined) : drawChildren(node, drawing)) ?? null
  return node.inside
}

interface BoundaryProps {
  readonly node: HostNode
  readonly drawing: Drawing
}

/** A field, which is drawn again at once also when its value changes outside an event of the user; and the root. */
const SubscribedBoundary = ({ node, drawing }: BoundaryProps): ReactNode => {
  const subscribe = useCallback(
    (redraw: () => void) => {
      const mount = { redraw }
      addMount(node, mount)
      return () => removeMount(node, mount)
    },
    [node],
  )
  const getInside = () => insideOf(node, drawing)
  return useSyncExternalStore(subscribe, getInside, getInside)
}

/** Any other part of a tree that is drawn again alone. A table has thousands of them, and a class costs a fraction of a subscription. */
class Boundary extends Component<BoundaryProps> implements BoundaryMount {
  private shown: ReactNode

  override componentDidMount() {
    const { node, drawing } = this.props
    addMount(node, this)
    // It may have changed since it was drawn.
    if (insideOf(node, drawing) !== this.shown) this.redraw()
  }

  override componentDidUpdate({ node }: BoundaryProps) {
    if (node === this.props.node) return
    removeMount(node, this)
    addMount(this.props.node, this)
  }

  override componentWillUnmount() {
    removeMount(this.props.node, this)
  }

  redraw() {
    this.forceUpdate()
  }

  override render() {
    this.shown = insideOf(this.props.node, this.props.drawing)
    return this.shown
  }
}

const isField = ({ registered }: HostNode): boolean => registered?.contract.controlled !== undefined

// React takes a class out of what it hides, but no subscription, so the root always hears of a change.
const drawBoundary = (node: HostNode, drawing: Drawing): ReactNode =>
  jsx(
    isField(node) || node.kind === 'root' ? SubscribedBoundary : Boundary,
    { node, drawing } satisfies BoundaryProps,
    String(node.id),
  )

/** The React element of a node, the same one as before unless something of it has changed. Keys are ids, so a reorder moves what is there. */
export const drawNode = (node: HostNode, drawing: Drawing): ReactNode => {
  if (node.kind === 'slot') return null
  if (node.kind === 'text') return node.hidden ? null : node.text
  if (node.drawn === undefined) {
    node.isBoundary ??= (node.parent?.childCount ?? 0) > MANY_CHILDREN || isField(node)
    if (node.isBoundary) node.drawn = drawBoundary(node, drawing)
    else if (isElement(node)) node.drawn = drawElement(node, drawing, String(node.id))
  }
  return node.drawn
}

const drawElement = (node: HostElement, drawing: Drawing, key: string | undefined): ReactNode => {
  const { contract, Component } = node.registered
  const shown = contract.controlled
    ? withShownValue(contract, node.props, node.value, drawing.isComposed(node))
    : node.props
  const props: Record<string, unknown> = { ...shown }
  for (const prop of node.handlers) props[prop] = drawing.handlerOf(node, prop)
  // The host owns the value of a field even when the extension does not listen to it.
  if (contract.controlled) props[contract.controlled.event] ??= drawing.handlerOf(node, contract.controlled.event)
  const methodsRef = drawing.methodsRefOf(node)
  if (methodsRef) props.methodsRef = methodsRef
  if (contract.slots.length > 0) {
    for (let child = node.first; child; child = child.next)
      if (child.kind === 'slot' && contract.slots.includes(child.text)) props[child.text] = drawSlot(child, drawing)
  }
  if (contract.children && node.first) props.children = drawChildren(node, drawing)
  return jsx(Component, props, key)
}

const drawSlot = (slot: HostNode, drawing: Drawing): ReactNode =>
  slot.hidden ? undefined : drawChildren(slot, drawing)

const drawChildren = (node: HostNode, drawing: Drawing): ReactNode => {
  const { first } = node
  if (!first) return undefined
  // Alone, a text needs no list, and React no text node of its own.
  if (!first.next && first.kind === 'text') return drawNode(first, drawing)
  const children: ReactNode[] = []
  for (let child: HostNode | null = first; child; child = child.next)
    // One that was drawn before stays in any case: it has state.
    if (child.isBoundary === undefined && isElement(child) && !drawing.mayDraw(node)) continue
    else if (child.hidden && isElement(child)) children.push(...drawHidden(drawNode(child, drawing), String(child.id)))
    else if (child.kind !== 'slot') children.push(drawNode(child, drawing))
  return children.length === 0 ? undefined : children
}
