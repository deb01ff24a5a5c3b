import type { Command } from 'commander'
import pc from 'picocolors'
import { publishDeployment } from '../protocol/api-operations'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { findDeployment } from './find-deployment'
import { versionCommand } from './move-command'
import { parsePercent } from './parse-percent'

interface PublishOptions {
  readonly app?: string
  readonly url?: string
  readonly rollout?: number
}

export const publishCommand = (output: Output): Command =>
  versionCommand('publish')
    .description('Offer an approved version to everybody, or to a part of those who follow the app.')
    .option('--rollout <percent>', 'of a hundred installations that follow the app, how many get it now', parsePercent)
    .action(async (version: string | undefined, options: PublishOptions) => {
      const api = await createApi(options)
      const deployment = await findDeployment(api, { app: options.app, version })
      const { body: published } = await api.send(publishDeployment, {
        params: { id: deployment.id },
        body: options.rollout === undefined ? {} : { rolloutPercent: options.rollout },
      })
      output.data({ deployment: published })
      const { percent } = published.rollout ?? { percent: 100 }
      output.text(
        `${pc.green('✔')} Version ${pc.bold(published.version)} is ${published.status}. ${
          percent < 100
            ? `It reaches ${percent} % of the installations that follow the app. souk rollout status shows how it does there.`
            : 'Every organization can install it now.'
        }`,
      )
    })
