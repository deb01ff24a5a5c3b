import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { signInOverHttp } from './sign-in-over-http'

const EXTENSION_DIR = fileURLToPath(new URL('../../../extensions/order-lookup', import.meta.url))
const APP_SLUG = 'order-lookup'
const ACCOUNT = { slug: 'northwind', title: 'Northwind' }

const account = z.object({ id: z.string(), slug: z.string() })
const accounts = z.object({ items: z.array(account) })
const deployment = z.object({ id: z.string(), version: z.string(), status: z.string() })
const deployments = z.object({ items: z.array(deployment) })
const apiKey = z.object({ id: z.string(), key: z.string() })

export interface PublishOptions {
  /** Where the product answers. */
  readonly url: string
  readonly report: (line: string) => void
}

/**
 * Publishes the example extension the way a stranger would: Nora makes an account and a key over HTTP and runs the real
 * `souk` command, Rhea reviews over HTTP. Each step is left out when it was done before, so that a start that was
 * interrupted is completed by the next one. Nothing is installed.
 */
export const publishOrderLookup = async ({ url, report }: PublishOptions): Promise<void> => {
  const nora = await signInOverHttp(url, 'nora')
  try {
    const existing = await nora.get(`/api/souk/developer/apps/${APP_SLUG}/deployments`, deployments, {
      missing: { items: [] },
    })
    if (existing.items.some(({ status }) => status === 'published')) return

    report('Publishing the example app "order-lookup": build, deploy, review, publish ...')
    const developer =
      (await nora.get('/api/souk/developer/accounts', accounts)).items.find(({ slug }) => slug === ACCOUNT.slug) ??
      (await nora.post('/api/souk/developer/accounts', ACCOUNT, account))
    const keys = `/api/souk/developer/accounts/${developer.id}/api-keys`
    const { id, key } = await nora.post(keys, { name: 'First publication' }, apiKey)
    try {
      const souk = (args: readonly string[]) => runSouk(args, { url: `${url}/api/souk`, key })
      // `npm start` builds the packages without their type declarations, and `npm test` has checked the types.
      await souk(['deploy', '--no-type-check'])
      const version = await readVersion()
      const statusOf = async () => {
        const { items } = await nora.get(`/api/souk/developer/apps/${APP_SLUG}/deployments`, deployments)
        const found = items.find((item) => item.version === version)
        if (!found) throw new Error(`souk deploy ended without an error, but ${APP_SLUG} ${version} is not there.`)
        return found
      }
      if ((await statusOf()).status === 'active') await souk(['submit'])
      await review(url, await statusOf())
      await souk(['publish'])
    } finally {
      await nora.delete(`${keys}/${id}`)
    }
  } finally {
    await nora.signOut()
  }
}

const review = async (url: string, { id, status }: z.infer<typeof deployment>): Promise<void> => {
  const rhea = await signInOverHttp(url, 'rhea')
  try {
    if (status === 'pending-review') await rhea.post(`/api/souk/review/deployments/${id}/start`, {}, deployment)
    if (status !== 'approved') await rhea.post(`/api/souk/review/deployments/${id}/approve`, {}, deployment)
  } finally {
    await rhea.signOut()
  }
}

const readVersion = async (): Promise<string> => {
  const text = await readFile(join(EXTENSION_DIR, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** The `souk` command as npm would have put it on the path. */
export const findCli = (): string => {
  const packageJson = createRequire(import.meta.url).resolve('@souk/extension-sdk/package.json')
  return join(dirname(packageJson), 'dist', 'cli.js')
}

const runSouk = (args: readonly string[], target: { readonly url: string; readonly key: string }): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [findCli(), ...args], {
      cwd: EXTENSION_DIR,
      env: { ...process.env, SOUK_URL: target.url, SOUK_API_KEY: target.key },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`souk ${args.join(' ')} ended with code ${code}:\n${output.trim()}`)),
    )
  })
