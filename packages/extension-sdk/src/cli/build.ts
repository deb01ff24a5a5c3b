import { Command } from 'commander'
import pc from 'picocolors'
import type { BuildResult, Size } from '../build'
import { CLIENT_BUDGET_BYTES } from '../build/client-budget'
import type { Output } from './create-output'
import { formatTable } from './format-table'

export const buildCommand = (output: Output): Command =>
  new Command('build')
    .description('Type-check, bundle and describe the extension in this folder.')
    .option('--out-dir <folder>', 'where to write', 'dist')
    .option('--development', "for development deployments: React's warnings and Fast Refresh")
    .option('--no-strict-mode', 'with --development: run components and effects once')
    .option('--no-type-check', 'leave the types to somebody else')
    .option('--json', 'print one JSON value')
    .action(async (options: RunBuildOptions) => {
      reportBuild(output, await runBuild(output, options))
    })

export interface RunBuildOptions {
  readonly outDir?: string
  readonly typeCheck: boolean
  readonly development?: boolean
  readonly strictMode?: boolean
}

/** Builds in the current folder. The compiler runs when there is a tsconfig.json, unless it is switched off. */
export const runBuild = async (
  output: Output,
  { outDir, typeCheck, development = false, strictMode = true }: RunBuildOptions,
): Promise<BuildResult> => {
  output.step('Building…')
  // Loaded only here: the bundler takes most of the time that other commands need to start.
  const { build } = await import('../build')
  return build({
    development,
    strictMode,
    ...(outDir ? { outDir } : {}),
    ...(typeCheck ? {} : { typeCheck: false }),
  })
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`

const row = (name: string, { bytes, compressedBytes }: Size, remark = '') => [
  name,
  kilobytes(bytes),
  kilobytes(compressedBytes),
  remark,
]

const budgetRemark = (own: Size): string => {
  const share = `${Math.round((own.compressedBytes / CLIENT_BUDGET_BYTES) * 100)} % of ${kilobytes(CLIENT_BUDGET_BYTES)}`
  return own.compressedBytes > CLIENT_BUDGET_BYTES ? pc.red(`${share}: over the budget`) : pc.green(share)
}

/** The table of sizes, and what the build had to say. */
export const reportBuild = (output: Output, result: BuildResult): void => {
  const { manifest, client, server, warnings, outDir } = result
  output.data({
    app: manifest.id,
    version: manifest.version,
    outDir,
    client: { sha256: client.sha256, sizes: client.sizes, budgetBytes: CLIENT_BUDGET_BYTES },
    server: server ? { sha256: server.sha256, sizes: server.sizes } : null,
    functions: manifest.functions,
    warnings,
  })
  for (const warning of warnings) output.text(`${pc.yellow('!')} ${warning}`)
  output.text(`${pc.green('✔')} Built ${pc.bold(manifest.id)} ${manifest.version}\n`)
  output.text(
    formatTable([
      ['', 'size', 'compressed', ''].map((name) => pc.dim(name)),
      row('client.js', client.sizes.total),
      row('  own code', client.sizes.own, budgetRemark(client.sizes.own)),
      row('  dependencies', client.sizes.dependencies),
      ...(server ? [row('server.js', server.sizes.total)] : []),
    ]),
  )
  const callable = manifest.functions.filter((entry) => entry.callable).map((entry) => entry.id)
  if (callable.length > 0) output.text(`\n${pc.dim('Callable from the client:')} ${callable.join(', ')}`)
}
