import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourcePlace } from './build-error'
import { filePathOf } from './server-module'

const SOURCE = /\.[cm]?[jt]sx?$/

const lineOf = (file: string, text: string): number | undefined => {
  let source: string
  try {
    source = readFileSync(file, 'utf8')
  } catch {
    // A module that a plugin made has no file.
    return undefined
  }
  // The last: of two that are the same, the second is one too many.
  const at = Math.max(...["'", '"', '`'].map((quote) => source.lastIndexOf(quote + text + quote)))
  return at < 0 ? undefined : source.slice(0, at).split('\n').length
}

/** Where a file has a text in quotes, such as what it imports; the file alone when it writes it in another way. */
export const placeOfText = (file: string, text: string): SourcePlace => {
  const path = filePathOf(file)
  return { file: path, line: lineOf(path, text) }
}

/** The file that has a text in quotes: `first`, or any other of the app. */
export const findTextPlace = (cwd: string, first: string, text: string): SourcePlace => {
  const place = placeOfText(first, text)
  if (place.line !== undefined) return place
  const files = readdirSync(join(cwd, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => SOURCE.test(file))
  for (const file of files.sort()) {
    const other = placeOfText(join(cwd, 'src', file), text)
    if (other.line !== undefined) return other
  }
  return place
}
