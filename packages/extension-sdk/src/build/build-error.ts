import { isAbsolute, relative, resolve } from 'node:path'
import type { RollupError } from 'rollup'
import type { ErrorCode } from '../protocol'
import { SdkError } from '../sdk-error'
import { appPath, filePathOf } from './server-module'

export interface SourcePlace {
  readonly file: string
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** `src/app.tsx:12:3`, the way editors and terminals make it a link. */
export const formatPlace = (cwd: string, { file, line, column }: SourcePlace): string => {
  const path = appPath(cwd, filePathOf(file))
  if (line === undefined) return path
  return column === undefined ? `${path}:${line}` : `${path}:${line}:${column + 1}`
}

/** An error that names the place in the source, the reason and the fix. */
export const buildError = (
  cwd: string,
  code: ErrorCode,
  place: SourcePlace | undefined,
  sentence: string,
  cause?: unknown,
): SdkError => new SdkError(code, place ? `${formatPlace(cwd, place)}: ${sentence}` : sentence, { cause })

const isRollupError = (error: unknown): error is RollupError => error instanceof Error

const FIXES: Readonly<Record<string, string>> = {
  MISSING_EXPORT: 'Export it there, or correct the name in the import.',
  PARSE_ERROR: 'Correct the syntax.',
  UNRESOLVED_IMPORT: 'Correct the path, or install the package.',
}

/** Rollup writes its own code and a prefix into an error that a plugin threw. This takes them out again. */
const restore = (error: SdkError & RollupError): SdkError => {
  const { plugin, id, pluginCode, message } = error
  if (typeof pluginCode !== 'string') return error
  const place = id && isAbsolute(id) ? relative(resolve('.'), id) : id
  const prefixes = [`[plugin ${plugin}] `, `${place}: `]
  const reason = prefixes
    .reduce((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text), message)
    .replace(/^Could not load .+? \(imported by .+?\): /, '')
  return new SdkError(pluginCode, reason, { cause: error.cause })
}

/** Turns what Rollup threw into an `SdkError`; one of ours stays as it is, also when a plugin threw it. */
export const toBuildError = (cwd: string, error: unknown): SdkError => {
  if (error instanceof SdkError) return restore(error)
  if (!isRollupError(error)) return new SdkError('BUILD_FAILED', `The build failed: ${String(error)}`)
  const file = error.loc?.file ?? error.id
  const place = file && isAbsolute(file) ? { file, line: error.loc?.line, column: error.loc?.column } : undefined
  const fix = FIXES[error.code ?? '']
  // Rollup names paths from its own folder; the place before the sentence says it better.
  const reason = error.message
    .replace(/^\[plugin [^\]]+\] /, '')
    .replaceAll(`${relative(resolve('.'), cwd)}/`, '')
    .replaceAll(`${cwd}/`, '')
  return buildError(cwd, 'BUILD_FAILED', place, `${reason}${fix ? ` ${fix}` : ''}`, error)
}
