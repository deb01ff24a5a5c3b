import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveChromium } from '../scripts/chromium.mjs'
import { installConsumer, packPackage } from '../scripts/consumer.mjs'

/** What a stranger has after `npm install @souk/extension-sdk`: no host and no server adapter. */
const work = mkdtempSync(join(tmpdir(), 'souk-starter-'))
const project = join(work, 'hello-there')
const souk = join(work, 'node_modules/.bin/souk')
const children: ChildProcess[] = []
let browser: Browser

const run = (cwd: string, ...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [souk, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: work },
  })

beforeAll(async () => {
  installConsumer(work, new Map([['extension-sdk', packPackage('extension-sdk', work)]]))
  const { stdout } = await run(work, 'init', 'hello-there')
  expect(stdout).toContain('Hello there')
  browser = await chromium.launch(await resolveChromium())
})

afterAll(async () => {
  await browser?.close()
  await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) =>
          child.exitCode === null ? child.once('exit', resolve).kill('SIGKILL') : resolve(null),
        ),
    ),
  )
  rmSync(work, { recursive: true, force: true })
})

test('the new project passes its own check and tests, types and lint included', async () => {
  const check = JSON.parse((await run(project, 'check', '--json')).stdout)
  expect(check).toMatchObject({ ok: true, app: 'hello-there' })
  expect(check.steps.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`)).toEqual([
    'types ok',
    'lint ok',
    'build ok',
    'sizes ok',
    'publish warning',
  ])
  const tested = JSON.parse((await run(project, 'test', '--json')).stdout)
  expect(tested).toMatchObject({ ok: true, passed: 4, failed: 0 })
  // The second half of its `npm run check`: the tests see a page, which client code does not.
  const compiler = join(work, 'node_modules/typescript/bin/tsc6')
  await promisify(execFile)(process.execPath, [compiler, '--project', 'test', '--noEmit'], { cwd: project })
})

test('a server function runs here, in the runtime of production, and a failure has a code', async () => {
  const call = ['functions', 'run', 'greet', '--json', '--args']
  expect(JSON.parse((await run(project, ...call, '["Ahoy", "T-9"]')).stdout)).toMatchObject({
    functionId: 'src/greet.server.ts#greet',
    result: 'Ahoy, T-9!',
    logs: [{ level: 'info', message: 'Greeting T-9' }],
  })
  // `trim` of a number.
  const failed = await run(project, ...call, '[5]').catch((error: { stdout: string; code: number }) => error)
  expect(failed).toMatchObject({ code: 1 })
  expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'FUNCTION_FAILED' } })
})

/** Starts `souk dev` and waits for the address it prints. */
const startDev = async () => {
  const child = spawn(process.execPath, [souk, 'dev', '--port', '0', '--json'], { cwd: project })
  children.push(child)
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`souk dev ended with ${code}.\n${stdout}${stderr}`)))
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk)
      const found = /"url": "([^"]+)"/.exec(stdout)?.[1]
      if (found) resolve(found)
    })
  })
  return { child, url }
}

const edit = (name: string, before: string, after: string) => {
  const path = join(project, name)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(before)
  writeFileSync(path, text.replace(before, after))
}

const statusAs = (host: string, url: string) =>
  new Promise((resolve, reject) => {
    request(url.replace('localhost', '127.0.0.1'), { headers: { host } }, (response) => {
      resolve(response.statusCode)
      response.destroy()
    })
      .on('error', reject)
      .end()
  })

const openTool = (page: Page, name: string) => page.getByRole('tab', { name }).click()

test('souk dev shows the extension in its cage, without an account, and an edit keeps the state', async () => {
  const { child, url } = await startDev()
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(url)

  // A server function in its process, and its log.
  await page.getByRole('button', { name: 'Say hello (0)' }).click()
  await page.getByText('Hello, T-1!').waitFor()
  const logs = page.getByRole('list', { name: 'Logs' })
  await logs.getByText('Greeting T-1').waitFor()
  await logs.getByText(/src\/greet\.server\.ts#greet answered/).waitFor()

  // The cage is the real one: a frame of another origin, with a policy and a worker.
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame())
  expect(new URL(frame?.url() ?? '').origin).toMatch(/^http:\/\/[a-z0-9]{26}\.localhost:\d+$/)
  expect(new URL(frame?.url() ?? '').port).not.toBe(new URL(url).port)

  // New code, the same state.
  const saved = performance.now()
  edit('src/greeting.tsx', 'Say hello (', 'Greet (')
  await page.getByRole('button', { name: 'Greet (1)' }).waitFor()
  console.log(`souk dev: ${Math.round(performance.now() - saved)} ms from save to pixels`)
  expect(await page.getByText('Hello, T-1!').isVisible()).toBe(true)
  expect(page.frames()).toContain(frame)

  // The server half follows.
  edit('src/greet.server.ts', "|| 'Hello'}, ", "|| 'Hello'}, dear ")
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: /^Greet/ }).click()
      return page.getByText('dear T-1!').isVisible()
    })
    .toBe(true)

  // What cannot be built is told, and what runs stays.
  edit('src/greeting.tsx', '<Stack>', '<Stack')
  await logs.getByText(/src\/greeting\.tsx:\d+/).waitFor()
  expect(await page.getByRole('button', { name: /^Greet/ }).isVisible()).toBe(true)
  edit('src/greeting.tsx', '<Stack', '<Stack>')

  // Another surface is another manifest: it appears by itself.
  edit('src/app.tsx', "label: 'Say hello'", "label: 'Wave'")
  await page.getByRole('button', { name: 'Wave' }).click()
  await page.getByText('Hello, T-1', { exact: true }).waitFor()

  await openTool(page, 'Bridge')
  await page.getByRole('list', { name: 'Bridge' }).getByText('render-component').first().waitFor()

  // The marketplace of a product, with the extension in it.
  await openTool(page, 'Marketplace')
  await page.getByRole('heading', { name: 'Hello there' }).or(page.getByText('Hello there')).first().waitFor()

  // A name that somebody points at this machine leads nowhere.
  for (const path of ['/api/souk/me', '/', '/playground/events'])
    expect(await statusAs('souk.example', `${url}${path}`)).toBe(404)
  expect(await statusAs(new URL(url).host, `${url}/api/souk/me`)).toBe(200)

  // A call in the very moment in which the server half changes is told to come again.
  expect(problems.filter((problem) => !problem.includes('409'))).toEqual([])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
