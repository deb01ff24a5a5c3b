import { isBuiltin } from 'node:module'
import type { Rule } from 'eslint'
import { fileKindOf } from './file-kind'
import { onImport } from './on-import'

const SERVER_ENTRY = '@souk/extension-sdk/server'

export const noServerImport: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Server code is reached through functions of *.server.ts files alone.' },
    messages: {
      entry: `${SERVER_ENTRY} works in *.server.ts files alone. Move the code that needs it into one, and import the function from there.`,
      builtin:
        "'{{source}}' comes with Node, and client code runs in a browser. Move the code that needs it into a *.server.ts file.",
    },
    schema: [],
  },
  create(context) {
    if (fileKindOf(context.filename) !== 'client') return {}
    return onImport((node, source, isTypeOnly) => {
      if (isTypeOnly) return
      if (source === SERVER_ENTRY) context.report({ node, messageId: 'entry' })
      else if (isBuiltin(source)) context.report({ node, messageId: 'builtin', data: { source } })
    })
  },
}
