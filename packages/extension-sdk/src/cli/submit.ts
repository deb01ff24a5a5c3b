import type { Command } from 'commander'
import type { Output } from './create-output'
import { moveCommand } from './move-command'

export const submitCommand = (output: Output): Command =>
  moveCommand(output, {
    name: 'submit',
    canCheck: true,
    description: 'Hand a deployed version in for review.',
    next: {
      'pending-review': 'A reviewer will look at it; souk versions shows how it goes.',
      approved: 'Run souk publish to offer it to everybody.',
    },
  })
