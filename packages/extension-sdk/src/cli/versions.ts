import { Command } from 'commander'
import pc from 'picocolors'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { listDeployments } from './find-deployment'
import { formatTable } from './format-table'
import { readBuiltManifest } from './read-built-app'

export const versionsCommand = (output: Output): Command =>
  new Command('versions')
    .description('List the deployed versions of an app.')
    .option('--app <slug>', 'the app; default: the one built last in this folder')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action(async (options: { app?: string; url?: string }) => {
      const api = await createApi(options)
      const slug = options.app ?? (await readBuiltManifest()).id
      const deployments = await listDeployments(api, slug)
      output.data({ app: slug, deployments })
      if (deployments.length === 0) return output.text(`${slug} has no versions yet. Run souk deploy.`)
      const rows = deployments.map(({ version, status, deploymentType, createdAt, rejectionReason }) => [
        version,
        status,
        deploymentType,
        createdAt.slice(0, 10),
        rejectionReason ?? '',
      ])
      output.text(formatTable([['version', 'status', 'type', 'created', ''].map((name) => pc.dim(name)), ...rows]))
    })
