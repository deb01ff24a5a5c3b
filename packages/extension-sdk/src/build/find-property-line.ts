import { SourceMap, type SourceMapPayload } from 'node:module'
import { parseAst } from 'rollup/parseAst'
import { readJavaScript } from './transform-source'

interface Node {
  readonly type: string
  readonly start: number
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string'

const childrenOf = (node: object): readonly Node[] => Object.values(node).flat().filter(isNode)

const keyOf = (property: Node): unknown => {
  const { key } = property as { key?: { name?: unknown; value?: unknown } }
  return key?.name ?? key?.value
}

/** Descends from an object literal along a path as far as the source has it. */
const follow = (node: Node | undefined, path: readonly string[], found: Node | undefined): Node | undefined => {
  const [head, ...rest] = path
  if (!node || head === undefined) return found
  if (node.type === 'ArrayExpression') {
    const item = (node as { elements?: readonly (Node | null)[] }).elements?.[Number(head)]
    return item ? follow(item, rest, item) : found
  }
  // A call such as defineConfig({...}) or Settings.struct({...}) stands for its argument.
  if (node.type === 'CallExpression')
    return follow((node as { arguments?: readonly Node[] }).arguments?.[0], path, found)
  if (node.type !== 'ObjectExpression') return found
  const property = (node as { properties?: readonly Node[] }).properties?.find((item) => keyOf(item) === head)
  return property ? follow((property as { value?: Node }).value, rest, property) : found
}

const findAnywhere = (node: Node, path: readonly string[]): Node | undefined => {
  const here = node.type === 'ObjectExpression' ? follow(node, path, undefined) : undefined
  if (here) return here
  for (const child of childrenOf(node)) {
    const found = findAnywhere(child, path)
    if (found) return found
  }
  return undefined
}

/**
 * The line of a property in a source file, for messages: `scopes[0].purpose`.
 *
 * @returns 1 for the first line; `undefined` when the property is not written in this file.
 */
export const findPropertyLine = async (cwd: string, file: string, path: string): Promise<number | undefined> => {
  const { code, map } = await readJavaScript(cwd, file)
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  const node = findAnywhere(parseAst(code) as Node, keys)
  if (!node) return undefined
  const before = code.slice(0, node.start).split('\n')
  const entry = new SourceMap(JSON.parse(map) as SourceMapPayload).findEntry(
    before.length - 1,
    before[before.length - 1]?.length ?? 0,
  )
  return 'originalLine' in entry ? entry.originalLine + 1 : undefined
}
