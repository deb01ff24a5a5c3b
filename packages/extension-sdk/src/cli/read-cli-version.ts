import { readFile } from 'node:fs/promises'
import { isRecord, isString } from '../protocol/parse'

/** The version of the package this runs from: `package.json` lies above `dist/`, and above `src/cli/`. */
export const readCliVersion = async (): Promise<string> => {
  const folder = import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json'
  const content: unknown = JSON.parse(await readFile(new URL(folder, import.meta.url), 'utf8'))
  return isRecord(content) && isString(content.version) ? content.version : '0.0.0'
}
