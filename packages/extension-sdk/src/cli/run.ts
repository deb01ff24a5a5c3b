import { Command, CommanderError } from 'commander'
import { buildCommand } from './build'
import { checkCommand } from './check'
import { contractCommand } from './contract'
import { createOutput } from './create-output'
import { deployCommand } from './deploy'
import { devCommand } from './dev'
import { doctorCommand } from './doctor'
import { initCommand } from './init'
import { publishCommand } from './publish'
import { readCliVersion } from './read-cli-version'
import { submitCommand } from './submit'
import { testCommand } from './test'
import { versionsCommand } from './versions'
import { whoamiCommand } from './whoami'
import { withdrawCommand } from './withdraw'

/** Runs one command line and returns the exit code: 0, or 1 when the command failed or found problems. */
export const run = async (args: readonly string[]): Promise<number> => {
  const output = createOutput({ json: args.includes('--json') })
  const program = new Command('souk')
    .description('Build extensions and bring them to a marketplace.')
    .version(await readCliVersion())
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  for (const add of [
    initCommand,
    devCommand,
    buildCommand,
    checkCommand,
    testCommand,
    contractCommand,
    deployCommand,
    submitCommand,
    publishCommand,
    withdrawCommand,
    versionsCommand,
    whoamiCommand,
    doctorCommand,
  ])
    program.addCommand(
      add(output)
        .exitOverride()
        .configureOutput({ writeErr: () => {} }),
    )
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync([...args], { from: 'user' })
    return output.hasFoundProblems() ? 1 : 0
  } catch (error) {
    // Help and --version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    output.failure(error)
    return 1
  }
}
