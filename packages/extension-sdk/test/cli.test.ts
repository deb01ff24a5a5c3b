import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createAppFolder } from './support/create-app-folder'
import { runSouk } from './support/run-souk'
import { startFakeMarketplace } from './support/start-fake-marketplace'

const FILES = {
  'src/orders.server.ts': "export const find = async () => 'found'",
  'src/app.tsx': `
    import { find } from './orders.server'
    export const app = { record: { actions: [{ id: 'a', label: 'A', onTrigger: () => find() }] } }
  `,
}

const isJsonOnly = (text: string) => expect(() => JSON.parse(text)).not.toThrow()

describe('souk build', () => {
  test('writes dist/ and prints the sizes against the budget', async () => {
    const folder = await createAppFolder(FILES)
    const { exitCode, stdout } = await runSouk(folder, ['build'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Built .*fixture.* 1\.2\.3/)
    expect(stdout).toMatch(/own code .* % of 64\.0 KB/)
    expect(stdout).toContain('src/orders.server.ts#find')
    expect(await readFile(join(folder, 'dist/client.js'), 'utf8')).toContain('SoukRuntime.start')
  })

  test('--json prints one value and nothing else', async () => {
    const folder = await createAppFolder(FILES)
    const run = await runSouk(folder, ['build', '--json', '--out-dir', 'out'])
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toBe('')
    expect(run.json()).toMatchObject({
      app: 'fixture',
      version: '1.2.3',
      client: {
        sha256: createHash('sha256')
          .update(await readFile(join(folder, 'out/client.js')))
          .digest('hex'),
      },
      functions: [{ id: 'src/orders.server.ts#find', callable: true }],
    })
  })

  test('fails with the place, the reason and a non-zero exit', async () => {
    const folder = await createAppFolder({ 'src/app.tsx': "import fs from 'node:fs'\nexport const app = { fs }" })
    const text = await runSouk(folder, ['build'])
    expect(text.exitCode).toBe(1)
    expect(text.stdout).toBe('')
    expect(text.stderr).toMatch(/BUILD_FAILED.* src\/app\.tsx:1: 'node:fs' does not exist in the browser/)
    const json = await runSouk(folder, ['build', '--json'])
    expect(json.exitCode).toBe(1)
    expect(json.json()).toMatchObject({ error: { code: 'BUILD_FAILED' } })
  })
})

describe('souk deploy', () => {
  test('creates the app, uploads what is lacking, and says unchanged the second time', async () => {
    const folder = await createAppFolder(FILES)
    const { env, received } = await startFakeMarketplace()
    const first = await runSouk(folder, ['deploy', '--json', '--release-notes', 'The first one.'], env)
    expect(first.stderr).toBe('')
    expect(first.exitCode).toBe(0)
    expect(first.json()).toMatchObject({
      app: 'fixture',
      created: true,
      unchanged: false,
      uploaded: ['client', 'server'],
      deployment: { version: '1.2.3', deploymentType: 'production' },
    })
    const created = received.find((item) => item.method === 'POST' && item.path === '/developer/apps')
    expect(JSON.parse(created?.body ?? '')).toMatchObject({
      developerAccountId: 'dev-1',
      slug: 'fixture',
      title: 'Fixture',
      category: null,
    })
    const put = received.find((item) => item.method === 'PUT' && item.path.includes('/client/'))
    expect(put?.contentType).toBe('text/javascript')
    expect(put?.body).toBe(await readFile(join(folder, 'dist/client.js'), 'utf8'))

    received.length = 0
    const second = await runSouk(folder, ['deploy', '--release-notes', 'The first one.'], env)
    expect(second.exitCode).toBe(0)
    expect(second.stdout).toContain('is unchanged')
    expect(received.map((item) => item.method)).toEqual(['GET', 'PATCH', 'GET', 'GET', 'POST'])

    received.length = 0
    await writeFile(join(folder, 'src/orders.server.ts'), "export const find = async () => 'found more'")
    const third = await runSouk(folder, ['deploy', '--json'], env)
    expect(third.json()).toMatchObject({ created: false, unchanged: false, uploaded: ['server'] })
  })

  test('--development goes to one organization, and needs to know which', async () => {
    const folder = await createAppFolder(FILES)
    const { env } = await startFakeMarketplace()
    const args = ['deploy', '--development', '--json']
    const without = await runSouk(folder, args, env)
    expect(without.exitCode).toBe(1)
    expect(without.json()).toMatchObject({
      error: { code: 'CLI_USAGE', message: expect.stringContaining('--organization') },
    })
    const run = await runSouk(folder, [...args, '--organization', 'org-7'], env)
    expect(run.json()).toMatchObject({ deployment: { deploymentType: 'development', targetOrganizationId: 'org-7' } })
  })

  test('a new app with several possible owners asks for one', async () => {
    const folder = await createAppFolder(FILES)
    const accounts = ['acme', 'globex'].map((slug) => ({ id: `dev-${slug}`, slug, title: slug }))
    const { env, received } = await startFakeMarketplace({ accounts })
    const asked = await runSouk(folder, ['deploy'], env)
    expect(asked.exitCode).toBe(1)
    expect(asked.stderr).toContain('Pass --account with one of: acme, globex')
    const run = await runSouk(folder, ['deploy', '--account', 'globex', '--json'], env)
    expect(run.exitCode).toBe(0)
    const created = received.find((item) => item.method === 'POST' && item.path === '/developer/apps')
    expect(created?.body).toContain('"developerAccountId":"dev-globex"')
  })
})

describe('what the marketplace answers', () => {
  const args = ['versions', '--app', 'fixture', '--json']

  test.each<[string, Record<string, string>, string, RegExp]>([
    ['no URL', { SOUK_URL: '' }, 'CLI_USAGE', /Set SOUK_URL/],
    ['a URL of another kind', { SOUK_URL: 'file:///etc' }, 'CLI_USAGE', /is not the URL of an API/],
    ['no key', { SOUK_API_KEY: '' }, 'UNAUTHENTICATED', /set SOUK_API_KEY/],
    ['a wrong key', { SOUK_API_KEY: 'souk_wrong' }, 'UNAUTHENTICATED', /not known/],
    ['nobody there', { SOUK_URL: 'http://127.0.0.1:9/api/souk' }, 'API_UNREACHABLE', /got no answer/],
  ])('%s fails with a code and a sentence', async (_what, change, code, message) => {
    const folder = await createAppFolder({})
    const { env } = await startFakeMarketplace()
    const run = await runSouk(folder, args, { ...env, ...change })
    expect(run.exitCode).toBe(1)
    expect(run.json()).toMatchObject({ error: { code, message: expect.stringMatching(message) } })
    expect(run.stdout + run.stderr).not.toContain('souk_')
  })

  test.each([
    ['a page of HTML', [502, '<html>Bad gateway</html>'], /without a Souk error/],
    ['another JSON', [500, { oops: true }], /without a Souk error/],
    ['a deployment of another form', [200, { items: [{ id: 5 }] }], /the answer\.items\[0\]\.id is 5, not a string/],
    ['nothing', [200], /the answer is nothing, not an object/],
  ] as const)('an answer that is %s is refused', async (_what, answer, message) => {
    const folder = await createAppFolder({})
    const { env } = await startFakeMarketplace({ override: { 'GET /developer/apps/fixture/deployments': answer } })
    const run = await runSouk(folder, args, env)
    expect(run.exitCode).toBe(1)
    isJsonOnly(run.stdout)
    expect(run.json()).toMatchObject({
      error: { code: 'API_RESPONSE_INVALID', message: expect.stringMatching(message) },
    })
  })
})

describe('the life of a version', () => {
  test('submit, versions, publish and whoami', async () => {
    const folder = await createAppFolder(FILES)
    const { env, url } = await startFakeMarketplace()
    expect((await runSouk(folder, ['deploy'], env)).stdout).toContain('Next: souk submit.')

    const submitted = await runSouk(folder, ['submit'], env)
    expect(submitted.exitCode).toBe(0)
    expect(submitted.stdout).toContain('pending-review')

    const versions = await runSouk(folder, ['versions', '--json', '--app', 'fixture'], env)
    expect(versions.json()).toMatchObject({ deployments: [{ version: '1.2.3', status: 'pending-review' }] })
    expect((await runSouk(folder, ['versions'], env)).stdout).toMatch(/1\.2\.3 +pending-review +production +2026-01-02/)

    const refused = await runSouk(folder, ['publish'], env)
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toMatch(/PUBLISH_CHECKS_FAILED[\s\S]*error overview: It is empty\. Write one\./)
    expect((await runSouk(folder, ['publish', '--json'], env)).json()).toMatchObject({
      error: { code: 'PUBLISH_CHECKS_FAILED', checks: [{ field: 'overview' }] },
    })

    const unknown = await runSouk(folder, ['submit', '9.9.9'], env)
    expect(unknown.stderr).toContain('fixture has no version 9.9.9 here. It has 1.2.3.')
    expect(unknown.exitCode).toBe(1)

    expect((await runSouk(folder, ['whoami', '--json'], env)).json()).toEqual({
      url,
      accounts: [{ id: 'dev-1', slug: 'acme', title: 'Acme', logoUrl: null }],
    })
    expect((await runSouk(folder, ['whoami', '--url', url], { SOUK_API_KEY: 'x' })).exitCode).toBe(1)
  })

  test('a version is published to a part, raised, looked at and halted', async () => {
    const folder = await createAppFolder(FILES)
    const rollout = { percent: 10, status: 'rolling', haltCode: null, haltedAt: null }
    const deployment = {
      id: 'deployment-1',
      appId: 'app-1',
      version: '1.2.3',
      status: 'published',
      deploymentType: 'production',
      targetOrganizationId: null,
      rejectionReason: null,
      clientBundleId: 'b',
      serverBundleId: null,
      manifest: {},
      releaseNotes: null,
      createdAt: '2026-01-02T03:04:05.000Z',
      createdBy: 'ada',
      reviewedAt: null,
      publishedAt: '2026-01-03T03:04:05.000Z',
      rollout,
    }
    const at = '/developer/deployments/deployment-1'
    const halted = {
      percent: 50,
      status: 'halted',
      haltCode: 'ERROR_BUDGET_EXCEEDED',
      haltedAt: '2026-01-04T03:04:05.000Z',
    }
    const { env, received } = await startFakeMarketplace({
      override: {
        [`POST ${at}/publish`]: [200, deployment],
        [`POST ${at}/rollout`]: [200, { ...deployment, rollout: { ...rollout, percent: 50 } }],
        [`POST ${at}/rollout/halt`]: [200, { ...deployment, rollout: halted }],
        [`GET ${at}/rollout`]: [
          200,
          {
            deployment: { ...deployment, rollout: halted },
            installations: 3,
            calls: 40,
            failedCalls: 7,
            budget: { windowMs: 600_000, minCalls: 20, maxFailedShare: 0.05 },
          },
        ],
      },
    })
    await runSouk(folder, ['deploy'], env)
    expect((await runSouk(folder, ['publish', '--rollout', '10'], env)).stdout).toContain('It reaches 10 %')
    expect((await runSouk(folder, ['rollout', 'set', '--to', '50%'], env)).stdout).toContain('reaches 50 %')
    expect((await runSouk(folder, ['rollout', 'set', '--to', '50', '--resume'], env)).exitCode).toBe(0)
    expect((await runSouk(folder, ['rollout', 'halt'], env)).stdout).toContain('is halted')
    const status = await runSouk(folder, ['rollout', 'status'], env)
    expect(status.stdout).toMatch(/halted at 2026-01-04T03:04:05.000Z \(ERROR_BUDGET_EXCEEDED\)/)
    expect(status.stdout).toMatch(/40 in the last 10 minutes, 7 failed/)
    const sent = received.filter(({ method, path }) => method === 'POST' && path.startsWith(at))
    expect(sent.map(({ path, body }) => [path.slice(at.length), JSON.parse(body)])).toEqual([
      ['/publish', { rolloutPercent: 10 }],
      ['/rollout', { percent: 50 }],
      ['/rollout', { percent: 50, resume: true }],
      ['/rollout/halt', {}],
    ])
    for (const percent of ['0', '101', '1.5', 'all'])
      expect((await runSouk(folder, ['publish', '--rollout', percent, '--json'], env)).json()).toMatchObject({
        error: { code: 'CLI_USAGE' },
      })
  })

  test('in a folder without a build the app has to be named', async () => {
    const folder = await createAppFolder(FILES)
    const { env } = await startFakeMarketplace()
    const run = await runSouk(folder, ['versions', '--json'], env)
    expect(run.json()).toMatchObject({ error: { code: 'CLI_USAGE', message: expect.stringContaining('--app') } })
  })
})

test.each([
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['build', '--frob'], /unknown option '--frob'/],
])('souk %j is refused', async (args, message) => {
  const folder = await createAppFolder({})
  const run = await runSouk(folder, args)
  expect(run.exitCode).toBe(1)
  expect(run.stderr).toMatch(message)
})

test('help and version end well', async () => {
  const folder = await createAppFolder({})
  expect(await runSouk(folder, ['--help'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('deploy') })
  expect(await runSouk(folder, ['--version'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+/),
  })
})
