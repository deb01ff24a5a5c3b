import type { Command } from 'commander'
import type { Output } from './create-output'
import { moveCommand } from './move-command'

export const publishCommand = (output: Output): Command =>
  moveCommand(output, {
    name: 'publish',
    description: 'Offer an approved version to everybody.',
    next: { published: 'Every organization can install it now.' },
  })
