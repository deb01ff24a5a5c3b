import { Command } from 'commander'
import pc from 'picocolors'
import type { Deployment } from '../protocol'
import { DEPLOYMENT_STEP_OPERATIONS, listPublishChecks } from '../protocol/api-operations'
import { hasErrors } from '../protocol/publish-checks'
import { type Api, createApi } from './create-api'
import type { Output } from './create-output'
import { findDeployment } from './find-deployment'
import { formatChecks } from './format-checks'

export interface Move {
  readonly name: 'submit' | 'withdraw'
  readonly description: string
  /** What to do next, by the status it led to. */
  readonly next: Readonly<Record<string, string>>
  /** Whether `--check` asks the server for its publish checks instead. */
  readonly canCheck?: boolean
}

interface MoveOptions {
  readonly app?: string
  readonly url?: string
  readonly check?: boolean
}

/** A command about one version of an app. */
export const versionCommand = (name: string): Command =>
  new Command(name)
    .argument('[version]', 'the version; default: the one built last in this folder')
    .option('--app <slug>', 'the app; default: the one built last in this folder')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')

/** A command that moves one version along its life. */
export const moveCommand = (output: Output, { name, description, next, canCheck = false }: Move): Command => {
  const command = versionCommand(name)
    .description(description)
    .action(async (version: string | undefined, options: MoveOptions) => {
      const api = await createApi(options)
      const deployment = await findDeployment(api, { app: options.app, version })
      if (options.check) return checkDeployment(api, output, deployment)
      const { body: moved } = await api.send(DEPLOYMENT_STEP_OPERATIONS[name], {
        params: { id: deployment.id },
        body: {},
      })
      output.data({ deployment: moved })
      output.text(`${pc.green('✔')} Version ${pc.bold(moved.version)} is ${moved.status}. ${next[moved.status] ?? ''}`)
    })
  if (canCheck) command.option('--check', "only ask for the server's publish checks")
  return command
}

/** What the server would say when it were submitted. Nothing is changed. */
const checkDeployment = async (api: Api, output: Output, { id, appId, version }: Deployment): Promise<void> => {
  const { body } = await api.send(listPublishChecks, { params: { id } })
  const isOk = !hasErrors(body.items)
  output.data({ ok: isOk, appId, version, checks: body.items })
  for (const line of formatChecks(body.items)) output.text(line)
  output.text(
    isOk
      ? `${pc.green('✔')} Version ${pc.bold(version)} can be submitted.`
      : `${pc.red('✖')} Version ${pc.bold(version)} cannot be submitted yet.`,
  )
  if (!isOk) output.foundProblems()
}
