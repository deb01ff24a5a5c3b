import { readFile } from 'node:fs/promises'
import type { Plugin, ProgramNode } from 'rollup'
import { appPath, filePathOf, isServerModule } from './server-module'

/** A node of the syntax tree, as far as this reads it. */
interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as Partial<SyntaxNode>).type === 'string'

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode))

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' && typeof node.name === 'string' ? node.name : undefined

const COMPONENT = /^[A-Z]/
const HOOK = /^use[A-Z]/

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/

/** The function in `memo(function …)` and `forwardRef(memo(() => …))`. */
const innermostFunction = (node: unknown): SyntaxNode | undefined => {
  if (!isNode(node)) return undefined
  if (FUNCTION.test(node.type)) return node
  if (node.type !== 'CallExpression' || !Array.isArray(node.arguments)) return undefined
  return innermostFunction(node.arguments[0])
}

interface Declared {
  readonly name: string
  /** Absent for `memo(Other)`, whose hooks are those of `Other`. */
  readonly body: SyntaxNode | undefined
}

/** What a module declares at its top: names, and which of them may be components or hooks. */
const readModule = (program: ProgramNode) => {
  const bindings = new Set<string>()
  const declared: Declared[] = []
  for (const statement of program.body as unknown as readonly SyntaxNode[]) {
    if (statement.type === 'ImportDeclaration')
      for (const specifier of childrenOf(statement)) bindings.add(nameOf(specifier.local) ?? '')
    const declaration = isNode(statement.declaration) ? statement.declaration : statement
    if (declaration.type === 'FunctionDeclaration') {
      const name = nameOf(declaration.id)
      if (name) declared.push({ name, body: declaration })
    }
    if (declaration.type !== 'VariableDeclaration') continue
    for (const { id, init } of childrenOf(declaration)) {
      const name = nameOf(id)
      if (!name) continue
      bindings.add(name)
      const body = innermostFunction(init)
      const isWrapped = isNode(init) && init.type === 'CallExpression' && COMPONENT.test(name)
      if (body || isWrapped) declared.push({ name, body })
    }
  }
  for (const { name } of declared) bindings.add(name)
  return { bindings, declared: declared.filter(({ name }) => COMPONENT.test(name) || HOOK.test(name)) }
}

const BUILT_IN = new Set(
  (
    'use useState useReducer useEffect useLayoutEffect useInsertionEffect useMemo useCallback useRef useContext useImperativeHandle ' +
    'useDebugValue useId useDeferredValue useTransition useSyncExternalStore useActionState useOptimistic useEffectEvent'
  ).split(' '),
)

/** The calls of hooks in a function, in order, and not those of the functions inside it. */
const hookCalls = (body: SyntaxNode): { readonly call: SyntaxNode; readonly target: SyntaxNode | undefined }[] => {
  const found: { call: SyntaxNode; target: SyntaxNode | undefined }[] = []
  const visit = (node: SyntaxNode, target: SyntaxNode | undefined) => {
    if (FUNCTION.test(node.type)) return
    if (node.type === 'CallExpression') {
      const name = hookName(node)
      if (name && (name === 'use' || HOOK.test(name))) found.push({ call: node, target })
    }
    const next = node.type === 'VariableDeclarator' && isNode(node.id) ? node.id : undefined
    for (const child of childrenOf(node)) visit(child, next)
  }
  for (const child of childrenOf(body)) visit(child, undefined)
  return found.sort((a, b) => a.call.start - b.call.start)
}

const hookName = ({ callee }: SyntaxNode): string | undefined =>
  nameOf(isNode(callee) && callee.type === 'MemberExpression' ? callee.property : callee)

/** What of a hook's arguments decides the state it starts with. */
const STATE_ARGUMENT: Readonly<Record<string, number>> = { useState: 0, useReducer: 1 }

const signatureOf = (code: string, body: SyntaxNode, bindings: ReadonlySet<string>) => {
  const text = ({ start, end }: SyntaxNode) => code.slice(start, end)
  const custom = new Set<string>()
  let forceReset = false
  const lines = hookCalls(body).map(({ call, target }) => {
    const name = hookName(call) ?? ''
    const argument: unknown = Array.isArray(call.arguments) ? call.arguments[STATE_ARGUMENT[name] ?? -1] : undefined
    if (!BUILT_IN.has(name) && isNode(call.callee)) {
      const root = isNode(call.callee.object) ? call.callee.object : call.callee
      // A hook that only this function knows cannot be named from outside it, so nobody can say whether it changed.
      if (bindings.has(nameOf(root) ?? '')) custom.add(text(call.callee))
      else forceReset = true
    }
    return `${name}{${target ? text(target) : ''}${isNode(argument) ? `(${text(argument)})` : ''}}`
  })
  return lines.length === 0 ? undefined : { key: lines.join('\n'), forceReset, custom: [...custom] }
}

/**
 * The lines that tell the development runtime of the components and hooks a module declares at its top.
 *
 * @param code JavaScript without JSX and types.
 * @param path Where the module lies in the app: components are known by it over all their versions.
 */
export const registrationOf = (program: ProgramNode, code: string, path: string, forceReset = false): string => {
  const { bindings, declared } = readModule(program)
  return declared
    .flatMap(({ name, body }) => {
      const signature = body && signatureOf(code, body, bindings)
      return [
        ...(COMPONENT.test(name) ? [`register(${name}, ${JSON.stringify(`${path} ${name}`)})`] : []),
        ...(signature
          ? [
              `sign(${name}, ${JSON.stringify(signature.key)}, ${forceReset || signature.forceReset}, () => [${signature.custom.join(', ')}])`,
            ]
          : []),
      ]
    })
    .map((call) => `globalThis.SoukRuntime?.refresh?.${call};`)
    .join('\n')
}

/** Registers the components of the app's own modules, so that an edited one can keep its state. For development bundles only. */
export const fastRefresh = (cwd: string): Plugin => ({
  name: 'souk:fast-refresh',
  transform: {
    // After types and JSX are gone.
    order: 'post',
    async handler(code, id) {
      const path = filePathOf(id)
      const isOwn = !id.startsWith('\0') && path.startsWith(`${cwd}/src/`) && !isServerModule(path)
      if (!isOwn || !/\.[cm]?[jt]sx?$/.test(path)) return null
      // The comment by which an author says that state must not be kept; it is gone from `code`.
      const forceReset = (await readFile(path, 'utf8')).includes('@refresh reset')
      const calls = registrationOf(this.parse(code), code, appPath(cwd, path), forceReset)
      // What stands before stays where it was, so the source map still holds.
      return calls === '' ? null : { code: `${code}\n${calls}\n`, map: null }
    },
  },
})
