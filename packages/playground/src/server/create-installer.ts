import { isDeepStrictEqual } from 'node:util'
import type { Manifest } from '@souk/extension-sdk/protocol'
import type { Caller, Souk } from '@souk/server-adapter'
import type { Fixtures, PlaygroundBuild, Script } from '../../../extension-sdk/src/cli/dev/playground'

/** Who works in the playground. */
export const DEVELOPER: Caller = { userId: 'developer', organizationId: 'playground', role: 'admin', name: 'You' }

export interface Deployed {
  readonly installationId: string
  readonly deploymentId: string
  readonly frameUrl: string
  /** Whether frames that run do so under a manifest that is no more. */
  readonly restart: boolean
}

/** Installs builds the way a developer and an admin would, through the API of the server. */
export const createInstaller = (souk: Souk, fixtures: Fixtures) => {
  const { api } = souk
  let before: Manifest | undefined
  let accountId: string | undefined
  let installationId: string | undefined

  const upload = async (slug: string, type: string, script: Script | null) => {
    if (!script) return
    // A copy, for its own buffer.
    const body = new Uint8Array(Buffer.from(script.code))
    await api.uploadBundle(DEVELOPER, { params: { slug, type, sha256: script.sha256 }, body })
  }

  const saveSettings = async (id: string) => {
    for (const scope of ['organization', 'user'] as const) {
      const values = fixtures.settings?.[scope]
      if (values && Object.keys(values).length > 0)
        await api.saveSettings(DEVELOPER, { params: { id, scope }, body: { values } })
    }
  }

  return async ({ manifest, listing, client, server }: PlaygroundBuild): Promise<Deployed> => {
    const slug = manifest.id
    accountId ??= (await api.createDeveloperAccount(DEVELOPER, { body: { slug: 'you', title: 'You' } })).id
    if (!before) await api.createApp(DEVELOPER, { body: { developerAccountId: accountId, slug, ...listing } })
    else if (before.id !== slug)
      throw new Error(`The id of the extension changed from ${before.id} to ${slug}. End souk dev and start it again.`)
    else await api.updateApp(DEVELOPER, { params: { slug }, body: listing })
    await upload(slug, 'client', client)
    await upload(slug, 'server', server)
    const deployment = await api.createDeployment(DEVELOPER, {
      params: { slug },
      body: {
        manifest,
        clientSha256: client.sha256,
        serverSha256: server?.sha256 ?? null,
        deploymentType: 'development',
      },
    })
    const consent = {
      deploymentId: deployment.id,
      grantedScopes: manifest.scopes.map(({ id }) => id),
      grantedEgress: manifest.egress.server.map(({ host }) => host),
    }
    const restart = before !== undefined && !isSameToFrames(before, manifest)
    if (installationId === undefined) {
      const { id } = await api.install(DEVELOPER, { body: { appId: deployment.appId, ...consent } })
      installationId = id
      await saveSettings(id)
    } else {
      const current = await api.getInstallation(DEVELOPER, { params: { id: installationId } })
      if (current.deploymentId !== deployment.id)
        await api.upgradeInstallation(DEVELOPER, { params: { id: installationId }, body: consent })
    }
    before = manifest
    const { items } = await api.listExtensions(DEVELOPER, {})
    const running = items.find(({ appInstallationId }) => appInstallationId === installationId)
    return { installationId, deploymentId: deployment.id, frameUrl: running?.frameUrl ?? '', restart }
  }
}

/** A frame was started with all of a manifest but its functions, which it calls by name. */
const isSameToFrames = (a: Manifest, b: Manifest): boolean =>
  isDeepStrictEqual({ ...a, functions: [] }, { ...b, functions: [] })
