import type { Command } from 'commander'

/** A command that throws what went wrong, for `run` to say, instead of writing it and ending the process. */
export const quietCommand = (command: Command): Command =>
  command.exitOverride().configureOutput({ writeErr: () => {} })
