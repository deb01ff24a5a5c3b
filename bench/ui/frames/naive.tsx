import { createBenchApp } from '../app/src/bench-app'
import { createFunctionTable } from './rpc-functions'
import { renderTree, type TreeNode } from './tree-reconciler'

/** Components that are only names: the tree keeps them as they are. */
const named = (name: string) => name as never

const BenchApp = createBenchApp({
  Button: named('Button'),
  Input: named('Input'),
  Stack: named('Stack'),
  Table: named('Table'),
  TableBody: named('TableBody'),
  TableCell: named('TableCell'),
  TableRow: named('TableRow'),
  Text: named('Text'),
})

const { port1, port2 } = new MessageChannel()
const functions = createFunctionTable()

/** The whole tree, at every commit. */
const write = (children: readonly TreeNode[]) => {
  const text = JSON.stringify(children, (_key, value: unknown) => functions.encode(value))
  port1.postMessage({ type: 'tree', text })
}

port1.onmessage = ({ data }) => functions.call(data.id, data.args)
parent.postMessage('connect', '*', [port2])
renderTree(<BenchApp />, write)
