/** ESLint rules for extensions: what the build or a reviewer would refuse, told while it is written. */
import { noDom } from './no-dom'
import { noReactDom } from './no-react-dom'
import { noSecrets } from './no-secrets'
import { noServerImport } from './no-server-import'

type RuleName = 'no-dom' | 'no-react-dom' | 'no-secrets' | 'no-server-import'

export interface RecommendedOptions {
  /** Reads TypeScript, such as `@typescript-eslint/parser`. */
  readonly parser?: object
}

/** Types of our own, so that whoever does without ESLint needs nothing of it. */
export interface SoukEslintPlugin {
  readonly meta: { readonly name: string }
  readonly rules: Readonly<Record<RuleName, object>>
  readonly configs: {
    /** Every rule as an error, for the sources of an extension: `export default [...souk.configs.recommended({ parser })]`. */
    recommended(options?: RecommendedOptions): readonly object[]
  }
}

const rules = {
  'no-dom': noDom,
  'no-react-dom': noReactDom,
  'no-secrets': noSecrets,
  'no-server-import': noServerImport,
}

const plugin: SoukEslintPlugin = {
  meta: { name: '@souk/extension-sdk' },
  rules,
  configs: {
    recommended: ({ parser } = {}) => [
      {
        name: 'souk/recommended',
        files: ['**/*.{js,jsx,mjs,ts,tsx,mts}'],
        plugins: { souk: plugin },
        languageOptions: {
          ecmaVersion: 'latest',
          sourceType: 'module',
          parserOptions: { ecmaFeatures: { jsx: true } },
          ...(parser ? { parser } : {}),
        },
        rules: Object.fromEntries(Object.keys(rules).map((name) => [`souk/${name}`, 'error'])),
      },
    ],
  },
}

export default plugin
