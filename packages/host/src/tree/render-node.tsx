import { type NodeId, ROOT_NODE_ID } from '@souk/extension-sdk/protocol'
import { memo, type ReactNode, useCallback, useSyncExternalStore } from 'react'
import type { NodeView } from './node-view'
import type { TreeStore } from './tree-store'

interface NodeProps {
  readonly store: TreeStore
  readonly id: NodeId
}

/** Draws one node and is drawn again only when that node changes. Keys are node ids, so a reorder moves what is there. */
export const RenderNode = memo(function RenderNode({ store, id }: NodeProps): ReactNode {
  const subscribe = useCallback((listener: () => void) => store.subscribe(id, listener), [store, id])
  const getView = useCallback(() => store.view(id), [store, id])
  const view = useSyncExternalStore(subscribe, getView, getView)
  if (!view || view.hidden) return null
  if (view.kind === 'text') return view.text
  if (view.kind === 'group') return drawChildren(store, view.children)
  const { Component } = view.registered
  return <Component {...propsOf(store, id, view)}>{drawChildren(store, view.children)}</Component>
})

export const RenderRoot = ({ store }: { readonly store: TreeStore }) => <RenderNode store={store} id={ROOT_NODE_ID} />

const drawChildren = (store: TreeStore, children: readonly NodeId[]): ReactNode =>
  children.length === 0 ? undefined : children.map((child) => <RenderNode key={child} store={store} id={child} />)

const propsOf = (store: TreeStore, id: NodeId, view: Extract<NodeView, { kind: 'element' }>) => {
  const { contract } = view.registered
  const props: Record<string, unknown> = { ...view.props }
  for (const prop of view.handlers) props[prop] = store.handler(id, prop)
  // The host owns the value of a field even when the extension does not listen to it.
  if (contract.controlled) props[contract.controlled.event] ??= store.handler(id, contract.controlled.event)
  for (const name of contract.slots) {
    const ids = view.slots.filter((slot) => slot.name === name).map((slot) => slot.id)
    if (ids.length > 0) props[name] = drawChildren(store, ids)
  }
  return props
}
