import { isAbsolute, join } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import nodeResolve from '@rollup/plugin-node-resolve'
import { type OutputChunk, type OutputOptions, type Plugin, rollup } from 'rollup'
import { isMissingPage } from './app-entry'
import { buildError, formatPlace, toBuildError } from './build-error'
import { inlineImages } from './inline-images'
import { resolveImports, type Target } from './resolve-imports'
import { filePathOf } from './server-module'
import { transformSource } from './transform-source'

const ENTRY = '\0souk-entry'

export interface BundleOptions {
  readonly cwd: string
  readonly target: Target
  /** What packages see as NODE_ENV, and how JSX is written. Default false. */
  readonly development?: boolean
  /** The source of the entry module; it may import absolute paths. */
  readonly entry: string
  readonly plugins?: readonly Plugin[]
  readonly output: OutputOptions
}

export interface Bundle {
  readonly chunk: OutputChunk
  readonly warnings: readonly string[]
}

const IGNORED = new Set(['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED', 'MODULE_LEVEL_DIRECTIVE', 'EMPTY_BUNDLE'])

/** Sources in a map by a name that is the same in every folder the app may lie in. */
const mapSource = (cwd: string, path: string): string => {
  const file = filePathOf(path)
  const inPackage = file.lastIndexOf('node_modules/')
  if (inPackage >= 0) return file.slice(inPackage)
  return file.startsWith(`${cwd}/`) ? file.slice(cwd.length + 1) : file.slice(file.lastIndexOf('/src/') + 1)
}

/** Makes one file of an entry and everything it imports. */
export const bundle = async ({
  cwd,
  target,
  development = false,
  entry,
  plugins = [],
  output,
}: BundleOptions): Promise<Bundle> => {
  const warnings: string[] = []
  const conditions = target === 'server' ? ['workerd', 'worker', 'browser'] : ['worker', 'browser']
  try {
    const build = await rollup({
      input: ENTRY,
      plugins: [
        virtualEntry(entry),
        resolveImports(cwd, target),
        ...plugins,
        nodeResolve({
          browser: true,
          exportConditions: [...conditions, development ? 'development' : 'production'],
          extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.jsx', '.cjs', '.json'],
          preferBuiltins: false,
          rootDir: cwd,
        }),
        json({ preferConst: true }),
        inlineImages(cwd),
        transformSource(cwd, development),
        commonjs(),
      ],
      onLog(level, log) {
        if (log.code === 'UNRESOLVED_IMPORT') {
          const { exporter = 'An import', id } = log
          throw buildError(
            cwd,
            'BUILD_FAILED',
            id ? { file: id, line: log.loc?.line, column: log.loc?.column } : undefined,
            `'${exporter}' was not found. Correct the path, or install the package.`,
          )
        }
        if (log.id === ENTRY && isMissingPage(log)) return
        if (level === 'warn' && !IGNORED.has(log.code ?? '') && !log.id?.includes('/node_modules/')) {
          const place = log.loc?.file ?? log.id
          warnings.push(
            `${place ? `${formatPlace(cwd, { file: place, line: log.loc?.line })}: ` : ''}${log.message.replaceAll(`${cwd}/`, '')}`,
          )
        }
      },
    })
    try {
      const { output: outputs } = await build.generate({
        ...output,
        inlineDynamicImports: true,
        sourcemap: true,
        sourcemapPathTransform: (relative, map) => {
          const file = filePathOf(relative)
          return mapSource(cwd, isAbsolute(file) ? file : join(map, '..', file))
        },
      })
      return { chunk: outputs[0], warnings }
    } finally {
      await build.close()
    }
  } catch (error) {
    throw toBuildError(cwd, error)
  }
}

const virtualEntry = (source: string): Plugin => ({
  name: 'souk:entry',
  resolveId: { order: 'pre', handler: (id) => (id === ENTRY ? { id, moduleSideEffects: true } : null) },
  load: (id) => (id === ENTRY ? source : null),
})
