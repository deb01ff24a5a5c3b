import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { findCli } from '../../server/seed/publish-order-lookup'
import { signInOverHttp } from '../../server/seed/sign-in-over-http'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const EXTENSION_DIR = join(ROOT, 'examples/extensions/order-lookup')

const named = z.object({ id: z.string() })
const list = z.object({ items: z.array(named) })
const deployments = z.object({ items: z.array(named.extend({ version: z.string() })) })

export interface NewVersion {
  readonly url: string
  readonly version: string
  readonly releaseNotes: string
  /** Changes to files of the extension. Each `from` must be there. */
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[]
  /** Files that the version before did not have, by their path. */
  readonly files?: Readonly<Record<string, string>>
  /** Leaves it in the queue of the reviewers. */
  readonly onlySubmit?: true
}

/** Nora copies the extension, changes it, deploys and submits it with the CLI; Rhea approves it; Nora publishes it. */
export const publishVersion = async ({
  url,
  version,
  releaseNotes,
  edits,
  files = {},
  onlySubmit,
}: NewVersion): Promise<void> => {
  const folder = await copyExtension(version, edits)
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  const nora = await signInOverHttp(url, 'nora')
  const account = (await nora.get('/api/souk/developer/accounts', list)).items[0]
  const { key } = await nora.post(
    `/api/souk/developer/accounts/${account?.id}/api-keys`,
    { name: `Release ${version}` },
    z.object({ key: z.string() }),
  )
  const souk = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [findCli(), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, SOUK_URL: `${url}/api/souk`, SOUK_API_KEY: key },
    })
  try {
    await souk('deploy', '--no-type-check', '--release-notes', releaseNotes)
    await souk('submit')
    if (onlySubmit) return
    const { items } = await nora.get('/api/souk/developer/apps/order-lookup/deployments', deployments)
    await approve(url, items.find((item) => item.version === version)?.id ?? '')
    await souk('publish')
  } finally {
    await rm(folder, { recursive: true, force: true })
    await nora.signOut()
  }
}

const approve = async (url: string, deploymentId: string): Promise<void> => {
  const rhea = await signInOverHttp(url, 'rhea')
  await rhea.post(`/api/souk/review/deployments/${deploymentId}/start`, {}, named)
  await rhea.post(`/api/souk/review/deployments/${deploymentId}/approve`, {}, named)
  await rhea.signOut()
}

const copyExtension = async (version: string, edits: NewVersion['edits']): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'order-lookup-'))
  await cp(EXTENSION_DIR, folder, {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|dist)$/.test(path),
  })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir')
  await replaceIn(join(folder, 'package.json'), /"version": "[^"]+"/, `"version": "${version}"`)
  for (const { file, from, to } of edits) await replaceIn(join(folder, file), from, to)
  return folder
}

const replaceIn = async (path: string, from: string | RegExp, to: string): Promise<void> => {
  const before = await readFile(path, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${path} has no ${from} to change.`)
  await writeFile(path, after)
}
