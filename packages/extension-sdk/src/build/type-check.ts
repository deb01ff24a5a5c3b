import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isRecord, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'

/** The folders from `folder` up to the root, where packages may lie. */
const withParents = (folder: string): readonly string[] => {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...withParents(parent)]
}

/** The compiler's program: `tsc`, or what the package calls it instead. */
const compilerOf = async (packageFolder: string): Promise<string | undefined> => {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  const bin = isRecord(manifest) ? manifest.bin : undefined
  const path = isRecord(bin) ? (bin.tsc ?? Object.values(bin)[0]) : bin
  return isString(path) ? join(packageFolder, path) : undefined
}

/**
 * Checks the app's types with the app's own TypeScript.
 *
 * @throws {SdkError} `BUILD_TYPES` with what the compiler says, or because there is no compiler.
 */
export const typeCheck = async (cwd: string): Promise<void> => {
  const folder = withParents(cwd)
    .map((parent) => join(parent, 'node_modules', 'typescript'))
    .find((path) => existsSync(join(path, 'package.json')))
  const compiler = folder ? await compilerOf(folder) : undefined
  if (!compiler)
    throw new SdkError(
      'BUILD_TYPES',
      'There is a tsconfig.json, but TypeScript is not installed. Run `npm install --save-dev typescript`, ' +
        'or build with --no-type-check.',
    )
  const { exitCode, output } = await run(compiler, cwd)
  if (exitCode !== 0) throw new SdkError('BUILD_TYPES', `TypeScript found errors. Correct them:\n${output.trim()}`)
}

const run = (compiler: string, cwd: string): Promise<{ exitCode: number | null; output: string }> =>
  new Promise((resolve, reject) => {
    const args = [compiler, '--project', 'tsconfig.json', '--noEmit', '--pretty', 'false']
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (text: string) => {
      output += text
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, output }))
  })
