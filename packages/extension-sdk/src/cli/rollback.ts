import { Command } from 'commander'
import pc from 'picocolors'
import type { Deployment } from '../protocol'
import { DEPLOYMENT_STEP_OPERATIONS } from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { listDeployments } from './find-deployment'
import { readBuiltManifest } from './read-built-app'

const newestFirst = (a: Deployment, b: Deployment) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? '')

/** The version that is offered now, and the one to offer instead. */
const choose = (slug: string, deployments: readonly Deployment[], version: string | undefined) => {
  const production = deployments.filter((item) => item.deploymentType === 'production').sort(newestFirst)
  const current = production.find((item) => item.status === 'published')
  if (!current) throw new SdkError('CLI_USAGE', `${slug} has no published version to roll back.`)
  const before = production.filter(
    (item) => item !== current && (item.status === 'published' || item.status === 'deprecated') && item.publishedAt,
  )
  const target = version ? before.find((item) => item.version === version) : before[0]
  if (target) return { current, target }
  const known = before.map((item) => item.version).join(', ')
  throw new SdkError(
    'CLI_USAGE',
    version
      ? `${slug} cannot go back to ${version}. ${known ? `It can go back to ${known}.` : 'No other version was ever published.'}`
      : `${slug} ${current.version} is the only version that was ever published. Publish another one instead.`,
  )
}

export const rollbackCommand = (output: Output): Command =>
  new Command('rollback')
    .description('Offer an earlier published version instead of the newest. Who runs the newest keeps it.')
    .argument('[version]', 'the version to go back to; default: the one before the newest')
    .option('--app <slug>', 'the app; default: the one built last in this folder')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action(async (version: string | undefined, options: { app?: string; url?: string }) => {
      const api = await createApi(options)
      const slug = options.app ?? (await readBuiltManifest()).id
      const deployments = await listDeployments(api, slug)
      const { current, target } = choose(slug, deployments, version)
      // First, so that there is a version to install at every moment.
      if (target.status === 'deprecated')
        await api.send(DEPLOYMENT_STEP_OPERATIONS.restore, { params: { id: target.id }, body: {} })
      // What was published after the target would be offered before it.
      const newer = deployments.filter(
        (item) => item.status === 'published' && item.id !== target.id && newestFirst(item, target) < 0,
      )
      for (const { id } of newer) await api.send(DEPLOYMENT_STEP_OPERATIONS.deprecate, { params: { id }, body: {} })
      output.data({ app: slug, from: current.version, to: target.version })
      output.text(
        `${pc.green('✔')} ${pc.bold(slug)} offers ${pc.bold(target.version)} again instead of ${current.version}.`,
      )
    })
