import { type ReactNode, useSyncExternalStore } from 'react'
import { jsx } from 'react/jsx-runtime'
import type { EventHandler } from './bind-handler'
import type { MethodsRef } from './component-methods'
import { withShownValue } from './controlled-value'
import { drawHidden } from './hide-siblings'
import { type HostElement, type HostNode, isElement } from './host-node'

/** What a drawing needs of the tree's store besides the nodes. */
export interface Drawing {
  handlerOf(node: HostNode, prop: string): EventHandler
  methodsRefOf(node: HostNode): MethodsRef | undefined
  /** Whether the user is in the middle of a character there. */
  isComposed(node: HostNode): boolean
}

/**
 * A child of a parent with more children than this is drawn again by itself. With fewer, drawing the parent again costs less than
 * a subscription for each: unchanged siblings are the same elements as before, and React skips them.
 */
const MANY_CHILDREN = 8

interface BoundaryProps {
  readonly subscribe: (listener: () => void) => () => void
  readonly getInside: () => ReactNode
}

/** A part of a tree that is drawn again alone. */
const Boundary = ({ subscribe, getInside }: BoundaryProps): ReactNode =>
  useSyncExternalStore(subscribe, getInside, getInside)

const drawBoundary = (node: HostNode, drawing: Drawing): ReactNode => {
  const subscribe = (listener: () => void) => {
    node.listeners ??= new Set()
    node.listeners.add(listener)
    return () => void node.listeners?.delete(listener)
  }
  const getInside = () => {
    // undefined says that it has to be drawn, so nothing to draw is null.
    if (node.inside === undefined)
      node.inside = (isElement(node) ? drawElement(node, drawing, undefined) : drawChildren(node, drawing)) ?? null
    return node.inside
  }
  return jsx(Boundary, { subscribe, getInside } satisfies BoundaryProps, String(node.id))
}

/** The React element of a node, the same one as before unless something of it has changed. Keys are ids, so a reorder moves what is there. */
export const drawNode = (node: HostNode, drawing: Drawing): ReactNode => {
  if (node.kind === 'slot') return null
  if (node.kind === 'text') return node.hidden ? null : node.text
  if (node.drawn === undefined) {
    node.isBoundary ??=
      (node.parent?.childCount ?? 0) > MANY_CHILDREN || node.registered?.contract.controlled !== undefined
    if (node.isBoundary) node.drawn = drawBoundary(node, drawing)
    else if (isElement(node)) node.drawn = drawElement(node, drawing, String(node.id))
  }
  return node.drawn
}

const drawElement = (node: HostElement, drawing: Drawing, key: string | undefined): ReactNode => {
  const { contract, Component } = node.registered
  const props: Record<string, unknown> = {
    ...withShownValue(contract, node.props, node.value, drawing.isComposed(node)),
  }
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
    if (child.hidden && isElement(child)) children.push(...drawHidden(drawNode(child, drawing), String(child.id)))
    else if (child.kind !== 'slot') children.push(drawNode(child, drawing))
  return children.length === 0 ? undefined : children
}
