import type { Rule, Scope } from 'eslint'
import { fileKindOf } from './file-kind'

/** What a web page has and the worker of an extension lacks, with what there is instead. */
const ABSENT: Readonly<Record<string, string>> = {
  document: 'Compose the components of @souk/extension-sdk/client.',
  window: 'Use globalThis for what JavaScript has, and the hooks of @souk/extension-sdk/client for the product.',
  alert: 'Use alert of @souk/extension-sdk/client.',
  confirm: 'Use confirm of @souk/extension-sdk/client.',
  prompt: 'Show a dialog with showDialog.',
  localStorage: 'Keep it in settings, or behind a server function.',
  sessionStorage: 'Keep it in state, or behind a server function.',
  indexedDB: 'Keep it behind a server function.',
  fetch: 'Call it in a *.server.ts file, and import the function from there.',
  XMLHttpRequest: 'Call fetch in a *.server.ts file, and import the function from there.',
  WebSocket: 'Talk to the service in a *.server.ts file.',
  EventSource: 'Talk to the service in a *.server.ts file.',
  Worker: 'The extension runs in a worker already.',
  SharedWorker: 'The extension runs in a worker already.',
  importScripts: 'Import the module: the build puts it into the bundle.',
  requestAnimationFrame: 'Use an effect or setTimeout; the product draws.',
  MutationObserver: 'There is no DOM to observe.',
  ResizeObserver: 'There is no DOM to observe.',
  IntersectionObserver: 'There is no DOM to observe.',
}

const fixOf = (name: string): string | undefined => (Object.hasOwn(ABSENT, name) ? ABSENT[name] : undefined)

/** A name that no scope of the file declares. */
const isGlobal = (scope: Scope.Scope | null, name: string): boolean => {
  for (let current = scope; current; current = current.upper) {
    const variable = current.set.get(name)
    if (variable && variable.defs.length > 0) return false
  }
  return true
}

/** A name in a type, or behind `typeof`: nothing is read there. */
const isHarmless = (reference: Scope.Reference): boolean => {
  const { parent } = reference.identifier as typeof reference.identifier & {
    readonly parent?: object & { type: string; operator?: string }
  }
  // What a scope manager for TypeScript says of a name in a type.
  const { isTypeReference } = reference as { readonly isTypeReference?: boolean }
  return isTypeReference === true || parent?.type === 'TSTypeQuery' || parent?.operator === 'typeof'
}

export const noDom: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Client code runs in a worker, where there is no DOM and no network.' },
    messages: {
      absent: '{{name}} does not exist where an extension runs. {{fix}}',
      tag: '<{{name}}> is an HTML tag, and an extension draws none. Use a component of @souk/extension-sdk/client.',
    },
    schema: [],
  },
  create(context) {
    if (fileKindOf(context.filename) !== 'client') return {}
    const { sourceCode } = context
    const report = (node: Rule.Node | Scope.Reference['identifier'], name: string) => {
      const fix = fixOf(name)
      if (fix) context.report({ node, messageId: 'absent', data: { name, fix } })
    }
    return {
      'Program:exit'() {
        for (const reference of sourceCode.scopeManager.globalScope?.through ?? [])
          if (!isHarmless(reference)) report(reference.identifier, reference.identifier.name)
      },
      MemberExpression(node) {
        const { object, property } = node
        if (object.type !== 'Identifier' || !['globalThis', 'self'].includes(object.name)) return
        if (!isGlobal(sourceCode.getScope(node), object.name)) return
        if (property.type === 'Identifier' && !node.computed) report(node, property.name)
        if (property.type === 'Literal' && typeof property.value === 'string') report(node, property.value)
      },
      // ESTree has no JSX, so the type says nothing of what is in it.
      JSXOpeningElement(node: Rule.Node) {
        const { name } = node as unknown as { readonly name: { readonly type: string; readonly name: unknown } }
        if (name.type === 'JSXIdentifier' && typeof name.name === 'string' && /^[a-z]/.test(name.name))
          context.report({ node, messageId: 'tag', data: { name: name.name } })
      },
    }
  },
}
