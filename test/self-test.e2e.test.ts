import { fileURLToPath } from 'node:url'
import type { SelfTestResult } from '@souk/host'
import type { FrameAssets } from '@souk/server-adapter/sandbox'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resolveChromium } from '../scripts/chromium.mjs'
import { toAsset } from './cage/assets'
import { buildFrameScript, bundle } from './cage/world/build-page'
import { createDeployment, type Misconfiguration, withHeaders } from './deployment/create-deployment'

let browser: Browser
let assets: FrameAssets
let script: string

beforeAll(async () => {
  const { executablePath, env, args } = await resolveChromium()
  browser = await chromium.launch({ executablePath, env, args, ignoreDefaultArgs: ['--disable-popup-blocking'] })
  assets = {
    boot: toAsset('/* boot */'),
    worker: toAsset('/* worker */'),
    probe: toAsset(await buildFrameScript('probe', [])),
  }
  script = await bundle(fileURLToPath(new URL('./deployment/self-test-page.ts', import.meta.url)), 'es', [], true)
})
afterAll(() => browser.close())

/** Runs the self-test in the page of a deployment. */
const selfTest = async (wrong: Misconfiguration = {}, timeoutMs = 60_000): Promise<SelfTestResult> => {
  const deployment = await createDeployment({ assets, script, ...wrong })
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(deployment.page)
    await page.waitForFunction(() => Reflect.has(globalThis, 'runSelfTest'))
    return await page.evaluate(
      (options) => (Reflect.get(globalThis, 'runSelfTest') as (options: object) => Promise<SelfTestResult>)(options),
      {
        timeoutMs,
        extension: {
          frameUrl: deployment.frame,
          isolation: wrong.isolation ?? 'origin',
          appInstallationId: deployment.installationId,
        },
      },
    )
  } finally {
    await context.close()
    await deployment.close()
  }
}

const isFrame = (answer: Response) => answer.headers.get('content-type')?.startsWith('text/html') ?? false

const frameHeaders = (change: (headers: Headers) => void): Misconfiguration => ({
  sandbox: (answer) => (isFrame(answer) ? withHeaders(answer, change) : answer),
})

const policy = (from: RegExp, to: string) =>
  frameHeaders((headers) => {
    // The newer network sandbox would stop what the policy lets through.
    headers.delete('connection-allowlist')
    headers.set('content-security-policy', (headers.get('content-security-policy') ?? '').replace(from, to))
  })

const wrongIds = ({ checks }: SelfTestResult) => checks.filter(({ status }) => status !== 'ok').map(({ id }) => id)

test.each(['origin', 'opaque'] as const)(
  'nothing is wrong with a deployment in %s mode as the README says',
  async (isolation) => {
    const result = await selfTest({ isolation })
    expect(result.checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(result.isOk).toBe(true)
    expect(result.checks.length).toBeGreaterThan(20)
  },
)

describe('the self-test catches, by name,', () => {
  test.each<[string, Misconfiguration, readonly string[]]>([
    [
      'a frame document without its policy',
      frameHeaders((headers) => {
        headers.delete('content-security-policy')
        headers.delete('connection-allowlist')
      }),
      [
        'fetch',
        'load-image',
        'load-style',
        'open-frame',
        'open-socket',
        'run-text',
        'worker-fetch',
        'worker-import',
        'worker-socket',
        'worker-text',
      ],
    ],
    ['images from anywhere', policy(/img-src 'none'/, 'img-src *'), ['load-image']],
    ['styles from anywhere', policy(/style-src 'none'/, 'style-src *'), ['load-style']],
    ['frames from anywhere', policy(/frame-src 'none'/, 'frame-src *'), ['open-frame']],
    [
      'text that becomes code',
      policy(/script-src ([^;]+); (.*); require-trusted-types-for.*/, "script-src $1 'unsafe-eval'; $2"),
      ['run-text', 'worker-text'],
    ],
    [
      'a page that frames anything',
      { page: (answer) => withHeaders(answer, (headers) => headers.delete('content-security-policy')) },
      ['page-frame-src'],
    ],
    [
      'a page that may not frame the sandbox',
      {
        page: (answer) => withHeaders(answer, (headers) => headers.set('content-security-policy', "frame-src 'none'")),
      },
      ['frame-loads'],
    ],
    [
      'a sandbox that other pages may frame',
      policy(/frame-ancestors [^;]+/, 'frame-ancestors https://other.example'),
      ['frame-loads'],
    ],
    [
      'a proxy that serves every host as one',
      {
        sandboxOrigin: (port) => `http://*.localhost:${port}`,
        frameHost: (_id, port) => `http://shared.localhost:${port}`,
      },
      ['frame-address'],
    ],
    [
      'the sandbox on the page itself',
      {
        isolation: 'opaque',
        sandboxOrigin: (port) => `http://sandbox.app.localhost:${port}`,
        pageHost: 'app.localhost',
        frameHost: () => '',
      },
      ['frame-address'],
    ],
  ])('%s', async (_what, wrong, ids) => {
    // A frame that does not load never speaks.
    const result = await selfTest(wrong, ids.includes('frame-loads') ? 5_000 : undefined)
    expect(wrongIds(result)).toEqual(expect.arrayContaining([...ids]))
    expect(result.isOk).toBe(false)
    for (const { status, found, why, fix } of result.checks)
      if (status !== 'ok') for (const text of [found, why, fix]) expect(text).toMatch(/\w{3}/)
  })
})
