import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import pc from 'picocolors'
import type { BuildResult, BuiltBundle } from '../build'
import type { AppListing } from '../protocol'
import {
  createApp,
  createDeployment,
  findBundle,
  getApp,
  listDeveloperAccounts,
  updateApp,
  uploadBundle,
} from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import { runBuild } from './build'
import { type Api, createApi } from './create-api'
import type { Output } from './create-output'
import { readPages } from './read-pages'

interface DeployOptions {
  readonly url?: string
  readonly account?: string
  readonly development?: boolean
  readonly organization?: string
  readonly releaseNotes?: string
  readonly typeCheck: boolean
}

export const deployCommand = (output: Output): Command =>
  new Command('deploy')
    .description('Build the extension in this folder and upload it.')
    .option('--development', 'a development deployment, for one organization')
    .option('--organization <id>', 'the organization that gets the development deployment')
    .option('--account <slug>', 'the developer account that a new app belongs to')
    .option('--release-notes <text>', 'what is new, in words for users')
    .option('--no-type-check', 'leave the types to somebody else')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action(async (options: DeployOptions) => {
      if (Boolean(options.development) !== Boolean(options.organization))
        throw new SdkError('CLI_USAGE', 'A development deployment needs both --development and --organization <id>.')
      const api = await createApi(options)
      await deploy(
        api,
        output,
        await runBuild(output, { typeCheck: options.typeCheck, development: options.development === true }),
        options,
      )
    })

/** Brings one build to the marketplace, and says what was done. */
export const deploy = async (
  api: Api,
  output: Output,
  built: BuildResult,
  options: Omit<DeployOptions, 'typeCheck' | 'url'>,
): Promise<void> => {
  const { manifest, listing, client, server } = built
  const slug = manifest.id
  const created = await bringListing(api, output, slug, listing, options.account)
  const uploaded: string[] = []
  for (const [type, bundle] of [
    ['client', client],
    ['server', server],
  ] as const)
    if (bundle && (await upload(api, output, { slug, type, sha256: bundle.sha256 }, bundle))) uploaded.push(type)
  const { status, body: deployment } = await api.send(createDeployment, {
    params: { slug },
    body: {
      manifest,
      clientSha256: client.sha256,
      serverSha256: server?.sha256 ?? null,
      deploymentType: options.development ? 'development' : 'production',
      ...(options.organization ? { targetOrganizationId: options.organization } : {}),
      ...(options.releaseNotes ? { releaseNotes: options.releaseNotes } : {}),
    },
  })
  const unchanged = status === 200
  output.data({ app: manifest.id, created, unchanged, uploaded, deployment })
  const what = `${pc.bold(manifest.id)} ${deployment.version}`
  output.text(
    unchanged
      ? `${pc.green('✔')} ${what} is unchanged: this exact version is there already (${deployment.status}).`
      : `${pc.green('✔')} ${what} is deployed. ${options.development ? 'Its organization can install it now.' : 'Next: souk submit.'}`,
  )
}

/** Creates the app when it is missing, else updates its listing. Returns whether it was created. */
const bringListing = async (
  api: Api,
  output: Output,
  slug: string,
  listing: AppListing,
  account: string | undefined,
): Promise<boolean> => {
  if (await api.find(getApp, { params: { slug } })) {
    await api.send(updateApp, { params: { slug }, body: listing })
    return false
  }
  const accounts = await readPages(api, listDeveloperAccounts)
  const owner = account
    ? accounts.find((item) => item.slug === account)
    : accounts.length === 1
      ? accounts[0]
      : undefined
  if (!owner) {
    const known = accounts.map((item) => item.slug).join(', ')
    throw new SdkError(
      'CLI_USAGE',
      known
        ? `The new app ${slug} needs an owner. Pass --account with one of: ${known}.`
        : `The new app ${slug} needs an owner, but this API key has no developer account. Create one first.`,
    )
  }
  output.step(`Creating ${slug} for ${owner.title}…`)
  await api.send(createApp, { body: { developerAccountId: owner.id, slug, ...listing } })
  return true
}

/** Uploads a bundle that the server lacks. Returns whether it did. */
const upload = async (
  api: Api,
  output: Output,
  params: { readonly slug: string; readonly type: string; readonly sha256: string },
  bundle: BuiltBundle,
): Promise<boolean> => {
  if (await api.find(findBundle, { params })) return false
  output.step(`Uploading ${bundle.path.replace(/^.*[\\/]/, '')}…`)
  await api.send(uploadBundle, { params, body: new Uint8Array(await readFile(bundle.path)) })
  return true
}
