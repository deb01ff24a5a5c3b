import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Loader, type TransformFailure, transform } from 'esbuild'
import type { Plugin } from 'rollup'
import { buildError } from './build-error'
import { appPath, filePathOf } from './server-module'

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
}

const isTransformFailure = (error: unknown): error is TransformFailure =>
  error instanceof Error && Array.isArray((error as Partial<TransformFailure>).errors)

/** Takes types and JSX out of a module. The app's tsconfig has no say, so that the same source gives the same bytes. */
export const toJavaScript = async (
  cwd: string,
  code: string,
  path: string,
  development = false,
): Promise<{ code: string; map: string }> => {
  try {
    return await transform(code, {
      loader: LOADERS[extname(path)] ?? 'js',
      // JSX for development writes the name of the file into the bundle, which must not say where the folder lies.
      sourcefile: development ? appPath(cwd, path) : path,
      sourcemap: 'external',
      target: 'es2022',
      jsx: 'automatic',
      jsxDev: development,
      charset: 'utf8',
      define: { 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
      // With minified syntax, branches for development disappear, and with them what they import.
      minifySyntax: !LOADERS[extname(path)],
      tsconfigRaw: '{}',
    })
  } catch (error) {
    const first = isTransformFailure(error) ? error.errors[0] : undefined
    if (!first) throw error
    const place = { file: path, line: first.location?.line, column: first.location?.column }
    throw buildError(cwd, 'BUILD_FAILED', place, `${first.text}. Correct the syntax.`, error)
  }
}

export const readJavaScript = async (cwd: string, path: string) => toJavaScript(cwd, await readFile(path, 'utf8'), path)

/** TypeScript and JSX for Rollup, and `process.env.NODE_ENV` for packages that ask for it. */
export const transformSource = (cwd: string, development: boolean): Plugin => ({
  name: 'souk:transform-source',
  async transform(code, id) {
    if (id.startsWith('\0')) return null
    const path = filePathOf(id)
    const isPackageCode = /\.[cm]?js$/.test(path)
    if (!(extname(path) in LOADERS) && !(isPackageCode && code.includes('process.env.NODE_ENV'))) return null
    return toJavaScript(cwd, code, path, development)
  },
})
