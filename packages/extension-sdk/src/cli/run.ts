import { Command, CommanderError } from 'commander'
import { buildCommand } from './build'
import { contractCommand } from './contract'
import { createOutput } from './create-output'
import { deployCommand } from './deploy'
import { doctorCommand } from './doctor'
import { loginCommand } from './login'
import { logoutCommand } from './logout'
import { publishCommand } from './publish'
import { readCliVersion } from './read-cli-version'
import { rolloutCommand } from './rollout'
import { submitCommand } from './submit'
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
    buildCommand,
    contractCommand,
    deployCommand,
    submitCommand,
    publishCommand,
    rolloutCommand,
    withdrawCommand,
    versionsCommand,
    loginCommand,
    logoutCommand,
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
