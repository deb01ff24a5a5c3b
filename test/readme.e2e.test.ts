import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveChromium } from '../scripts/chromium.mjs'
import { installConsumer, packPackage } from '../scripts/consumer.mjs'
import { freePort } from './support/free-port'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const section = (title: string) => readme.slice(readme.indexOf(title)).split(/\n## /, 1)[0] ?? ''
const embedding = section('## Embed it')
const extending = section('## Extend it')

/** The code blocks of a section that say which file they are. */
const filesOf = (text: string) =>
  [...text.matchAll(/```\w+ file=(\S+)\n([\s\S]*?)```/g)].map(([, name = '', code = '']) => ({ name, code }))

const shellOf = (text: string) => [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code).at(-1) ?? ''

const work = mkdtempSync(join(tmpdir(), 'souk-readme-'))
const children: ChildProcess[] = []
let browser: Browser
let output = ''
let withPorts: (code: string) => string
let origin: string
let api: string

const writeProject = (folder: string, text: string) => {
  for (const { name, code } of filesOf(text)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, withPorts(code))
  }
}

const start = (folder: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env } })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  children.push(child)
}

const untilAnswered = async (url: string) => {
  const deadline = Date.now() + 60_000
  for (;;) {
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    if (Date.now() > deadline) throw new Error(`${url} did not answer.\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

beforeAll(async () => {
  const ports = new Map<string, string>()
  for (const port of ['4500', '4501', '4502']) ports.set(port, String(await freePort()))
  withPorts = (code) => code.replace(/\b450[012]\b/g, (port) => ports.get(port) ?? port)
  origin = `http://localhost:${ports.get('4500')}`
  api = `http://localhost:${ports.get('4502')}/api/souk`

  const packages = ['extension-sdk', 'server-adapter', 'storage-pg', 'host']
  const tarballs = new Map(packages.map((name) => [name, packPackage(name, work)]))
  for (const folder of [join(work, 'product'), join(work, 'extension')]) {
    mkdirSync(folder)
    installConsumer(folder, tarballs)
  }
  writeProject(join(work, 'product'), embedding)
  writeProject(join(work, 'extension'), extending)

  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')
  start(join(work, 'product'), 'node', ['server.mjs'], { SOUK_SECRET_KEY: key })
  start(join(work, 'product'), join(work, 'product/node_modules/.bin/vite'), [])
  await untilAnswered(`${api}/me`)
  await untilAnswered(origin)
  browser = await chromium.launch(await resolveChromium())
})

afterAll(async () => {
  await browser?.close()
  await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve).kill() : resolve(null))),
    ),
  )
  rmSync(work, { recursive: true, force: true })
})

test('each of the two quick starts takes fewer than 60 lines of code', () => {
  for (const text of [embedding, extending]) {
    const lines = filesOf(text).reduce((sum, { code }) => sum + code.split('\n').filter(Boolean).length, 0)
    expect(lines).toBeGreaterThan(20)
    expect(lines).toBeLessThan(60)
  }
})

test('what the README says leads to a product with a widget of an extension in it', async () => {
  const shell = withPorts(shellOf(extending)).replace('npx souk', 'node_modules/.bin/souk')
  const deployed = await promisify(execFile)('sh', ['-ec', shell], { cwd: join(work, 'extension') })
  expect(deployed.stdout).toContain('hello-souk')

  const page = await browser.newPage()
  await page.goto(origin)
  await page.getByText('Hello', { exact: true }).click()
  await page.getByRole('button', { name: 'Install', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Install' }).click()
  await page.getByText('Say hello to T-1').waitFor()
  await page.getByRole('button', { name: 'Say hello' }).click()
  await page.getByText('Ada says hello to T-1.').waitFor()
})
