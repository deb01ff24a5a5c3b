import type { Rule } from 'eslint'
import { fileKindOf } from './file-kind'
import { onImport } from './on-import'

export const noReactDom: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'An extension is drawn by the product, never by react-dom.' },
    messages: {
      renderer:
        "'{{source}}' draws into a DOM, and an extension has none. Declare a component in src/app.tsx: the product draws it.",
    },
    schema: [],
  },
  create(context) {
    if (fileKindOf(context.filename) === 'other') return {}
    return onImport((node, source, isTypeOnly) => {
      if (!isTypeOnly && /^react-dom(?:\/|$)/.test(source))
        context.report({ node, messageId: 'renderer', data: { source } })
    })
  },
}
