import type { Command } from 'commander'
import type { Output } from './create-output'
import { moveCommand } from './move-command'

export const withdrawCommand = (output: Output): Command =>
  moveCommand(output, {
    name: 'withdraw',
    description: 'Take a version out of review.',
    next: { withdrawn: 'Deploy a new version when it is ready.', active: 'Submit it again when it is ready.' },
  })
