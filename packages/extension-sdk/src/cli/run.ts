import { CommanderError } from 'commander'
import { createOutput, type Output } from './create-output'
import { createProgram } from './create-program'
import { readCliVersion } from './read-cli-version'

/** After how long a silent command says that it works, in milliseconds. */
const SILENCE_MS = 1_000

/** Runs one command line and returns the exit code: 0, or 1 when the command failed or found problems. */
export const run = async (args: readonly string[]): Promise<number> => {
  const output = createOutput({ json: args.includes('--json') })
  const program = createProgram(output).version(await readCliVersion())
  const timer = sayWhenSilent(output)
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync([...args], { from: 'user' })
    return output.hasFoundProblems() ? 1 : 0
  } catch (error) {
    // Help and --version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    output.failure(error)
    return 1
  } finally {
    clearTimeout(timer)
  }
}

/** Nobody has to guess whether a command that waits for a server still runs. */
const sayWhenSilent = (output: Output): NodeJS.Timeout =>
  setTimeout(() => {
    if (!output.hasSpoken()) output.step('Working…')
  }, SILENCE_MS).unref()
