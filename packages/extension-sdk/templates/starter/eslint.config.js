import souk from '@souk/extension-sdk/eslint'
import parser from '@typescript-eslint/parser'

export default [{ ignores: ['dist/'] }, ...souk.configs.recommended({ parser })]
