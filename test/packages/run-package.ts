import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'
import { decodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import type { Exchange, PackageCase } from './packages'

const root = new URL('../../', import.meta.url)

/** The server bundle of an app that has the case's file for its only server module, as `souk build` writes it. */
const bundleOf = async ({ file, path }: PackageCase) => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-package-'))
  try {
    await symlink(fileURLToPath(new URL('node_modules', root)), join(folder, 'node_modules'), 'junction')
    await mkdir(join(folder, 'src'))
    const source = await readFile(new URL(`functions/${file}`, import.meta.url), 'utf8')
    const other = path && fileURLToPath(new URL(`node_modules/${path}`, root))
    if (other && !existsSync(other)) throw new Error(`There is no ${other}.`)
    const files = {
      'package.json': '{ "name": "packages", "version": "1.0.0", "type": "module" }',
      'souk.config.ts':
        "import { defineConfig } from '@souk/extension-sdk'\n" +
        "export default defineConfig({ id: 'packages', scopes: [], listing: { title: 'Packages', description: 'Runs one.' } })",
      'src/app.tsx': "import type { App } from '@souk/extension-sdk'\nexport const app: App = {}",
      'src/main.server.ts': other ? source.replace(/from '[^']+'/, `from ${JSON.stringify(other)}`) : source,
    }
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const { server } = await build({ cwd: folder, typeCheck: false })
    if (!server) throw new Error('The app has no server bundle.')
    return { source: await readFile(server.path, 'utf8'), sha256: server.sha256 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Answers every request with what the case says, and keeps what it was asked. */
const startService = async (exchange: Exchange | undefined) => {
  const requests: unknown[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, url, headers } = request
    const body = Buffer.concat(chunks).toString()
    requests.push({ host: headers.host, request: { method, url, authorization: headers.authorization, body } })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(exchange?.answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, requests, close: () => void server.close() }
}

/** Bundles the case's function, runs it without permissions, and returns what it returned and what its package asked of the outside. */
export const runPackage = async (one: PackageCase) => {
  const { exchange } = one
  const service = await startService(exchange)
  const runtime = createProcessRuntime({
    poolSize: 0,
    // A busy machine may take its time to evaluate a megabyte.
    limits: { loadMs: 60_000 },
    egress: exchange ? { developmentHosts: { [exchange.host]: service.origin } } : {},
  })
  try {
    const bundle = await bundleOf(one)
    const outcome = await runtime.invoke({
      installationId: 'installation',
      deploymentId: 'deployment',
      sha256: bundle.sha256,
      source: async () => bundle.source,
      functionId: 'src/main.server.ts#run',
      args: '[]',
      deadlineMs: 60_000,
      traceId: 'trace',
      context: {
        user: { id: 'ada' },
        organizationId: 'acme',
        installationId: 'installation',
        settings: { organization: {}, user: {} },
      },
      egress: { rules: exchange ? [{ host: exchange.host, purpose: 'Is called.' }] : [], credentials: {} },
    })
    if (!outcome.ok) throw new Error(`${JSON.stringify(outcome.error)}\n${JSON.stringify(outcome.logs)}`)
    const result = decodeValue(outcome.result)
    if (isRefusal(result)) throw new Error(result.refused)
    return { result: result.value, requests: service.requests }
  } finally {
    await runtime.dispose()
    service.close()
  }
}

/** What `runPackage` has to return. */
export const expectationOf = ({ result, exchange }: PackageCase) => ({
  result,
  requests: exchange ? [{ host: exchange.host, request: exchange.request }] : [],
})
