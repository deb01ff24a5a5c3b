// biome-ignore-all lint/correctness/noComponentHookFactories: these are kinds of nodes, not components.
import type { Rule } from 'eslint'

/** Calls `visit` with every module a file names: imports, re-exports, `import()` and `require()`. */
export const onImport = (visit: (node: Rule.Node, source: string, isTypeOnly: boolean) => void): Rule.RuleListener => {
  const read = (node: Rule.Node, source: unknown, isTypeOnly: boolean) => {
    const value = (source as { readonly value?: unknown } | null | undefined)?.value
    if (typeof value === 'string') visit(node, value, isTypeOnly)
  }
  // What a parser for TypeScript says of `import type`.
  const isType = (node: object) => {
    const { importKind, exportKind } = node as { readonly importKind?: string; readonly exportKind?: string }
    return importKind === 'type' || exportKind === 'type'
  }
  return {
    ImportDeclaration: (node) => read(node, node.source, isType(node)),
    ExportNamedDeclaration: (node) => read(node, node.source, isType(node)),
    ExportAllDeclaration: (node) => read(node, node.source, isType(node)),
    ImportExpression: (node) => read(node, node.source, false),
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') read(node, node.arguments[0], false)
    },
  }
}
