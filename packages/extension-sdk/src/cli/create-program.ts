import { Command } from 'commander'
import { buildCommand } from './build'
import { checkCommand } from './check'
import { contractCommand } from './contract'
import type { Output } from './create-output'
import { deployCommand } from './deploy'
import { devCommand } from './dev'
import { doctorCommand } from './doctor'
import { envCommand } from './env'
import { functionsCommand } from './functions'
import { initCommand } from './init'
import { loginCommand } from './login'
import { logoutCommand } from './logout'
import { logsCommand } from './logs'
import { openCommand } from './open'
import { promoteCommand } from './promote'
import { publishCommand } from './publish'
import { quietCommand } from './quiet-command'
import { rollbackCommand } from './rollback'
import { rolloutCommand } from './rollout'
import { submitCommand } from './submit'
import { testCommand } from './test'
import { versionsCommand } from './versions'
import { whoamiCommand } from './whoami'
import { withdrawCommand } from './withdraw'

/** In the order in which a developer meets them. */
const COMMANDS: readonly ((output: Output) => Command)[] = [
  initCommand,
  devCommand,
  buildCommand,
  checkCommand,
  testCommand,
  functionsCommand,
  loginCommand,
  logoutCommand,
  whoamiCommand,
  deployCommand,
  submitCommand,
  withdrawCommand,
  publishCommand,
  rolloutCommand,
  promoteCommand,
  rollbackCommand,
  versionsCommand,
  logsCommand,
  openCommand,
  envCommand,
  contractCommand,
  doctorCommand,
]

/** Every command there is. What a command has to say goes to `output`; Commander itself says only its help. */
export const createProgram = (output: Output): Command => {
  const program = quietCommand(new Command('souk').description('Build extensions and bring them to a marketplace.'))
  for (const add of COMMANDS) program.addCommand(quietCommand(add(output)))
  return program
}
