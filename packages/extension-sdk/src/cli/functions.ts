import { Command } from 'commander'
import pc from 'picocolors'
import { SdkError } from '../sdk-error'
import type { Output } from './create-output'
import { loadPlayground, type PlaygroundBuild } from './dev/playground'
import { readFixtures } from './dev/read-fixtures'
import { findFunction } from './find-function'
import { quietCommand } from './quiet-command'

export const functionsCommand = (output: Output): Command =>
  new Command('functions')
    .description('Look at the server functions of the extension in this folder, and run them here. Needs no account.')
    .addCommand(quietCommand(listCommand(output)))
    .addCommand(quietCommand(runCommand(output)))

const buildHere = async (output: Output): Promise<PlaygroundBuild> => {
  output.step('Building…')
  // Loaded only here: the bundler takes most of the time that other commands need to start.
  const { createDevBuilder } = await import('./dev/create-dev-builder')
  const builder = await createDevBuilder(process.cwd(), { strictMode: true })
  try {
    return await builder.whole()
  } finally {
    await builder.dispose()
  }
}

const listCommand = (output: Output): Command =>
  new Command('list')
    .description('Name every server function, and whether client code calls it.')
    .option('--json', 'print one JSON value')
    .action(async () => {
      const { manifest } = await buildHere(output)
      output.data({ app: manifest.id, functions: manifest.functions })
      for (const { id, callable } of manifest.functions)
        output.text(`${id}${callable ? '' : pc.dim(' (not called by the client)')}`)
      if (manifest.functions.length === 0)
        output.text('There are none. A function exported from a *.server.ts file is one.')
    })

const runCommand = (output: Output): Command =>
  new Command('run')
    .description('Run one server function on this machine, in the same runtime, with the settings of souk.dev.json.')
    .argument('<function>', 'src/orders.server.ts#find, or find when only one has that name')
    .option('--args <json>', 'its arguments, as an array', '[]')
    .option('--json', 'print one JSON value')
    .action(async (name: string, { args }: { args: string }) => {
      const values = parseArguments(args)
      const fixtures = await readFixtures(process.cwd())
      const { runFunction } = await loadPlayground()
      const build = await buildHere(output)
      const functionId = findFunction(build.manifest, name)
      output.step(`Running ${functionId}…`)
      const { result, error, durationMs, logs } = await runFunction({
        ...{ cwd: process.cwd(), build, fixtures, functionId },
        args: values,
      })
      for (const { level, message } of logs) output.step(`${level}: ${message}`)
      if (error) throw new SdkError(error.code, error.message)
      output.data({ functionId, result, durationMs, logs })
      output.text(JSON.stringify(result, null, 2) ?? 'undefined')
    })

const parseArguments = (text: string): readonly unknown[] => {
  const refuse = (cause?: unknown) =>
    new SdkError('CLI_USAGE', `--args is ${text}. Pass a JSON array, such as --args '["T-1", 5]'.`, { cause })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw refuse(cause)
  }
  if (!Array.isArray(value)) throw refuse()
  return value
}
