import { Command } from 'commander'
import pc from 'picocolors'
import { DEPLOYMENT_STEP_OPERATIONS } from '../protocol/api-operations'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { findDeployment } from './find-deployment'

export interface Move {
  readonly name: 'submit' | 'withdraw'
  readonly description: string
  /** What to do next, by the status it led to. */
  readonly next: Readonly<Record<string, string>>
}

/** A command about one version of an app. */
export const versionCommand = (name: string): Command =>
  new Command(name)
    .argument('[version]', 'the version; default: the one built last in this folder')
    .option('--app <slug>', 'the app; default: the one built last in this folder')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')

/** A command that moves one version along its life. */
export const moveCommand = (output: Output, { name, description, next }: Move): Command =>
  versionCommand(name)
    .description(description)
    .action(async (version: string | undefined, options: { app?: string; url?: string }) => {
      const api = await createApi(options)
      const deployment = await findDeployment(api, { app: options.app, version })
      const { body: moved } = await api.send(DEPLOYMENT_STEP_OPERATIONS[name], {
        params: { id: deployment.id },
        body: {},
      })
      output.data({ deployment: moved })
      output.text(`${pc.green('✔')} Version ${pc.bold(moved.version)} is ${moved.status}. ${next[moved.status] ?? ''}`)
    })
