import { Command } from 'commander'
import pc from 'picocolors'
import type { Deployment } from '../protocol'
import { getRollout, haltRollout, raiseRollout } from '../protocol/api-operations'
import { type Api, createApi } from './create-api'
import type { Output } from './create-output'
import { findDeployment } from './find-deployment'
import { formatTable } from './format-table'
import { versionCommand } from './move-command'
import { parsePercent } from './parse-percent'

interface VersionOptions {
  readonly app?: string
  readonly url?: string
}

interface SetOptions extends VersionOptions {
  readonly to: number
  readonly resume?: true
}

const find = async (
  version: string | undefined,
  options: VersionOptions,
): Promise<{ readonly api: Api; readonly params: { readonly id: string } }> => {
  const api = await createApi(options)
  const { id } = await findDeployment(api, { app: options.app, version })
  return { api, params: { id } }
}

/** How a version comes to everybody in steps. */
export const rolloutCommand = (output: Output): Command => {
  const say = (deployment: Deployment, sentence: string) => {
    output.data({ deployment })
    output.text(`${pc.green('✔')} ${sentence}`)
  }

  const set = versionCommand('set')
    .description('Let a published version reach more of the installations that follow the app; 100 is everybody.')
    .requiredOption('--to <percent>', 'of a hundred installations, how many', parsePercent)
    .option('--resume', 'also when the rollout was halted')
    .action(async (version: string | undefined, options: SetOptions) => {
      const { api, params } = await find(version, options)
      const body = { percent: options.to, ...(options.resume ? { resume: true } : {}) }
      const { body: raised } = await api.send(raiseRollout, { params, body })
      say(
        raised,
        options.to === 100
          ? `Version ${pc.bold(raised.version)} is offered to everybody.`
          : `Version ${pc.bold(raised.version)} reaches ${options.to} % of the installations that follow the app.`,
      )
    })

  const halt = versionCommand('halt')
    .description('End a rollout, and return the installations it reached to what they ran before.')
    .action(async (version: string | undefined, options: VersionOptions) => {
      const { api, params } = await find(version, options)
      const { body: halted } = await api.send(haltRollout, { params, body: {} })
      say(halted, `Version ${pc.bold(halted.version)} is halted, and nobody is offered it.`)
    })

  const status = versionCommand('status')
    .description('How far a version has come, and how many of its calls fail.')
    .action(async (version: string | undefined, options: VersionOptions) => {
      const { api, params } = await find(version, options)
      const { body: rollout } = await api.send(getRollout, { params })
      output.data(rollout)
      const { deployment, budget } = rollout
      if (!deployment.rollout)
        return output.text(`Version ${pc.bold(deployment.version)} is ${deployment.status}: it is not published yet.`)
      const { percent, status: state, haltCode, haltedAt } = deployment.rollout
      output.text(
        formatTable([
          ['version', deployment.version],
          ['rollout', `${percent} %, ${state === 'halted' ? pc.red(`halted at ${haltedAt} (${haltCode})`) : state}`],
          ['installations', String(rollout.installations)],
          ['calls', `${rollout.calls} in the last ${budget.windowMs / 60_000} minutes, ${rollout.failedCalls} failed`],
          ['budget', `halts above ${budget.maxFailedShare * 100} % failed, from ${budget.minCalls} calls on`],
        ]),
      )
    })

  const group = new Command('rollout').description('See, raise or halt how far a published version reaches.')
  for (const command of [set, halt, status])
    group.addCommand(command.exitOverride().configureOutput({ writeErr: () => {} }))
  return group
}
