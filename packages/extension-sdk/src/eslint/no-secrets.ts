import type { Rule } from 'eslint'
import type * as ESTree from 'estree'

/** What well-known services hand out, by how it begins. */
const KNOWN: readonly (readonly [string, RegExp])[] = [
  ['a Stripe key', /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['an AWS key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Google key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['a Souk key', /\bsouk_(?!test)[A-Za-z0-9_-]{20,}/],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
]

const NAME = /(?:api[-_]?key|secret|token|passw(?:or)?d|credential|private[-_]?key)$/i

/** Text that somebody generated: long, without spaces, of letters and digits. */
const looksGenerated = (text: string): boolean =>
  /^[A-Za-z0-9+/=_.~-]{20,}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text)

/** What the value of is named by, for each node that gives one a name. */
const targetOf = (node: Rule.Node): ESTree.Node | undefined => {
  const { parent } = node
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.init === node ? parent.id : undefined
    case 'Property':
    case 'PropertyDefinition':
      return parent.value === node ? parent.key : undefined
    case 'AssignmentExpression':
      if (parent.right !== node) return undefined
      return parent.left.type === 'MemberExpression' ? parent.left.property : parent.left
    default:
      return undefined
  }
}

/** The name that a literal is given: of a variable, a property or a field. */
const nameOf = (node: Rule.Node): string | undefined => {
  const target = targetOf(node)
  if (target?.type === 'Identifier') return target.name
  return target?.type === 'Literal' && typeof target.value === 'string' ? target.value : undefined
}

export const noSecrets: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'A bundle is public: no secret stands in code.' },
    messages: {
      secret:
        'This looks like {{what}}, and whoever installs the extension could read it. Make it a Settings.secret, and attach it in egress of souk.config.ts.',
    },
    schema: [],
  },
  create(context) {
    const check = (node: Rule.Node, text: string) => {
      const known = KNOWN.find(([, pattern]) => pattern.test(text))?.[0]
      const named = NAME.test(nameOf(node) ?? '') && looksGenerated(text) ? 'a secret' : undefined
      const what = known ?? named
      if (what) context.report({ node, messageId: 'secret', data: { what } })
    }
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value)
      },
      TemplateLiteral: (node) => check(node, node.quasis.map(({ value }) => value.raw).join(' ')),
    }
  },
}
