import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../build/rollup-bundle'
import { type Contract, describe } from '../protocol'
import { isRecord, isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { parseContract } from './parse-contract'

const invalid = (file: string, reason: string, cause?: unknown) =>
  new SdkError(
    'CONTRACT_INVALID',
    `${file}: ${reason} Pass a JSON file, or a module that exports \`contract\`, made by defineContract.`,
    cause === undefined ? {} : { cause },
  )

/**
 * Reads a contract from a JSON file or from a module in JavaScript or TypeScript. A module is run: pass only files of your own.
 *
 * @throws {SdkError} `CONTRACT_INVALID`.
 */
export const loadContract = async (cwd: string, file: string): Promise<Contract> => {
  const path = resolve(cwd, file)
  let value: unknown
  try {
    value = /\.json$/.test(path) ? (JSON.parse(await readFile(path, 'utf8')) as unknown) : await loadModule(cwd, path)
  } catch (error) {
    throw invalid(file, `${error instanceof Error ? error.message : String(error)}.`, error)
  }
  if (value === undefined) throw invalid(file, 'It exports no contract.')
  const contract = parseContract(value)
  if (isRefusal(contract)) throw invalid(file, contract.refused)
  return contract
}

const loadModule = async (cwd: string, path: string): Promise<unknown> => {
  const { chunk } = await bundle({
    cwd,
    target: 'extract',
    entry: `export * from ${JSON.stringify(path)}`,
    output: { file: 'contract.mjs', format: 'es', exports: 'named' },
  })
  const folder = await mkdtemp(join(tmpdir(), 'souk-contract-'))
  let loaded: unknown
  try {
    const built = join(folder, 'contract.mjs')
    await writeFile(built, chunk.code)
    loaded = await import(pathToFileURL(built).href)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (typeof loaded !== 'object' || loaded === null) throw new TypeError(`The module is ${describe(loaded)}.`)
  const { contract } = loaded as { readonly contract?: unknown }
  // What it holds is parsed; a module namespace is no record.
  return isRecord(contract) ? contract : undefined
}
