import { type ComponentType, createElement, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { exchange, isReference } from '../../frames/rpc-functions'
import type { TreeNode } from '../../frames/tree-reconciler'
import { components } from '../components'
import { readConfig } from '../contender'
import { openFrame } from '../frame-port'
import { startPage } from '../start-page'

let end = () => {}

const revive = (props: object, port: MessagePort) =>
  exchange(props, (value) =>
    isReference(value) ? (...args: readonly unknown[]) => port.postMessage({ id: value.$function, args }) : value,
  ) as Record<string, unknown>

const drawNode = (node: TreeNode, key: number, port: MessagePort): ReactNode =>
  'text' in node
    ? node.text
    : createElement(
        components[node.type as keyof typeof components] as ComponentType<Record<string, unknown>>,
        { ...revive(node.props, port), key },
        ...node.children.map((child, index) => drawNode(child, index, port)),
      )

/** The first design of anybody: at every commit the whole tree crosses as JSON, and a recursive renderer draws it. */
startPage({
  draw(container) {
    const root = createRoot(container)
    const close = openFrame(readConfig().frameUrl, (port) => {
      port.onmessage = ({ data }) => {
        const children = JSON.parse(data.text) as readonly TreeNode[]
        root.render(children.map((child, index) => drawNode(child, index, port)))
      }
    })
    end = () => {
      close()
      root.unmount()
    }
  },
  erase: () => end(),
  isTree: () => true,
})
