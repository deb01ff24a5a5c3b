import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAppFolder, type Files } from './support/create-app-folder'
import { runInTerminal } from './support/run-in-terminal'
import { runSouk } from './support/run-souk'
import { API_KEY, startFakeMarketplace } from './support/start-fake-marketplace'

const APP: Files = {
  'src/orders.server.ts': "export const find = async () => 'found'",
  'src/app.tsx': `
    import { find } from './orders.server'
    export const app = { record: { actions: [{ id: 'a', label: 'A', onTrigger: () => find() }] } }
  `,
}

/** A folder without anything in it. */
const createEmptyFolder = async (): Promise<string> => {
  const folder = join(await createAppFolder({}), 'empty')
  await mkdir(folder)
  return folder
}

describe('souk init', () => {
  test('writes a project with the name of its folder', async () => {
    const folder = await createEmptyFolder()
    const run = await runSouk(folder, ['init', 'order-lookup', '--json'])
    expect(run.exitCode).toBe(0)
    expect(run.json()).toMatchObject({ id: 'order-lookup', title: 'Order lookup', template: 'starter' })
    const project = join(folder, 'order-lookup')
    const read = (name: string) => readFile(join(project, name), 'utf8')
    expect(await readdir(project)).toEqual(
      expect.arrayContaining(['.gitignore', 'AGENTS.md', 'eslint.config.js', 'package.json', 'souk.config.ts', 'src']),
    )
    expect(await readdir(project)).not.toContain('gitignore')
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
    expect(JSON.parse(await read('package.json'))).toMatchObject({
      name: 'order-lookup',
      dependencies: { '@souk/extension-sdk': version },
    })
    expect(await read('souk.config.ts')).toMatch(/id: 'order-lookup',[\s\S]*title: 'Order lookup',/)
    expect(await read('AGENTS.md')).toMatch(/^# Order lookup\n/)
  })

  test('in a terminal it asks for the name, and what is typed never becomes code', async () => {
    const folder = await createEmptyFolder()
    const title = "Ada's $& \\`$1` app"
    const { exitCode, screen } = await runInTerminal(folder, ['init', 'x'], { typed: `${title}\n` })
    expect(exitCode).toBe(0)
    expect(screen).toContain('What is the extension called?')
    expect(await readFile(join(folder, 'x/souk.config.ts'), 'utf8')).toContain(`title: ${JSON.stringify(title)},`)
    expect(await readFile(join(folder, 'x/package.json'), 'utf8')).toContain('"name": "ada-s-1-app"')
    expect(await readFile(join(folder, 'x/README.md'), 'utf8')).toMatch(`# ${title}\n`)
  })

  test('--yes asks nothing in a terminal', async () => {
    const { exitCode, screen } = await runInTerminal(await createEmptyFolder(), ['init', '--yes'])
    expect(exitCode).toBe(0)
    expect(screen).not.toContain('?')
    expect(screen).toContain('npm install && npm run dev')
  })

  test('a repository without files is empty, and one with files is not', async () => {
    const folder = await createEmptyFolder()
    await mkdir(join(folder, '.git'))
    expect((await runSouk(folder, ['init'])).exitCode).toBe(0)
    await writeFile(join(folder, 'souk.config.ts'), 'mine')
    const again = await runSouk(folder, ['init', '--json'])
    expect(again.exitCode).toBe(1)
    expect(again.json()).toMatchObject({
      error: { code: 'CLI_USAGE', message: expect.stringContaining('is not empty') },
    })
    expect(await readFile(join(folder, 'souk.config.ts'), 'utf8')).toBe('mine')
  })

  test.each([
    [['init', 'x', '--template', '../src'], /There is no template \.\.\/src/],
    [['init', 'package.json'], /package\.json could not be read/],
  ])('%j is refused', async (args, message) => {
    const run = await runSouk(await createAppFolder({}), args)
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(message)
  })
})

describe('souk check', () => {
  test('names every step with what it found, and fails for what would stop a submission', async () => {
    const folder = await createAppFolder(APP)
    const run = await runSouk(folder, ['check', '--json'])
    expect(run.exitCode).toBe(1)
    expect(run.json()).toMatchObject({
      ok: false,
      app: 'fixture',
      steps: [
        { name: 'types', status: 'skipped' },
        { name: 'lint', status: 'skipped', findings: [expect.stringContaining('eslint.config.js')] },
        { name: 'build', status: 'ok' },
        { name: 'sizes', status: 'ok' },
        { name: 'publish', status: 'error', findings: expect.arrayContaining([expect.stringContaining('category')]) },
      ],
    })
    expect(await readdir(folder)).not.toContain('dist')
    const text = await runInTerminal(folder, ['check'])
    expect(text.exitCode).toBe(1)
    expect(text.screen).toMatch(/✓ build[\s\S]*✖ publish\s+error category: .* Choose the category/)
  })

  test('goes on after what cannot be built, and names its place', async () => {
    const folder = await createAppFolder({ 'src/app.tsx': "import fs from 'node:fs'\nexport const app = { fs }" })
    const run = await runSouk(folder, ['check', '--json'])
    expect(run.exitCode).toBe(1)
    expect(run.json()).toMatchObject({
      ok: false,
      steps: [
        { name: 'types' },
        { name: 'lint' },
        { status: 'error', findings: [expect.stringMatching(/src\/app\.tsx/)] },
      ],
    })
  })

  test('a client over the budget is told what to do', async () => {
    const noise = Array.from(
      { length: 12_000 },
      (_, index) => `'${(index * 2_654_435_761).toString(36)}${Math.sin(index)}'`,
    )
    const folder = await createAppFolder({
      'src/app.tsx': `export const app = { record: {} }\nexport const x = globalThis.y = [${noise}]`,
    })
    const run = await runSouk(folder, ['check'])
    expect(run.stdout).toMatch(
      /✖ sizes\s+The extension's own client code is \d+\.\d KB compressed; the budget is 64 KB\. Move/,
    )
  })
})

const deployment = (version: string, status: string, publishedAt: string | null, more: object = {}) => ({
  id: `d-${version}`,
  appId: 'app-1',
  version,
  status,
  deploymentType: 'production',
  targetOrganizationId: null,
  rejectionReason: null,
  clientBundleId: 'b',
  serverBundleId: null,
  manifest: {
    manifestVersion: 1,
    id: 'fixture',
    version,
    protocolVersion: 1,
    scopes: [],
    egress: { server: [] },
    surfaces: [],
    settings: { organization: {}, user: {} },
    functions: [],
  },
  releaseNotes: null,
  createdAt: '2026-01-02T03:04:05.000Z',
  createdBy: 'ada',
  reviewedAt: null,
  publishedAt,
  rollout: null,
  ...more,
})

const JANUARY = '2026-01-05T00:00:00.000Z'
const MARCH = '2026-03-05T00:00:00.000Z'
const MAY = '2026-05-05T00:00:00.000Z'

/** A marketplace with these versions, in which every step answers with the status it leads to. */
const startWith = async (
  deployments: readonly ReturnType<typeof deployment>[],
  steps: Readonly<Record<string, string>> = { deprecate: 'deprecated', restore: 'published', publish: 'published' },
) => {
  const override: Record<string, readonly [number, unknown]> = {
    'GET /developer/apps/fixture/deployments': [200, { items: deployments, nextCursor: null }],
  }
  for (const item of deployments) {
    override[`GET /developer/deployments/${item.id}/checks`] = [
      200,
      { items: [{ code: 'X', field: 'overview', severity: 'error', message: 'It is empty.', fix: 'Write one.' }] },
    ]
    for (const [step, status] of Object.entries(steps))
      override[`POST /developer/deployments/${item.id}/${step}`] = [200, { ...item, status }]
  }
  const marketplace = await startFakeMarketplace({ override })
  const taken = () =>
    marketplace.received
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => path.split('/').slice(-2).join(' '))
  return { ...marketplace, taken }
}

describe('souk rollback', () => {
  test.each([
    ['the one before, which is offered still', ['published', 'published'], [], ['d-3.0.0 deprecate']],
    ['the one before, which was taken back', ['published', 'deprecated'], [], ['d-2.0.0 restore', 'd-3.0.0 deprecate']],
    [
      'a version by name',
      ['published', 'published'],
      ['1.0.0'],
      ['d-1.0.0 restore', 'd-3.0.0 deprecate', 'd-2.0.0 deprecate'],
    ],
  ] as const)('goes back to %s', async (_what, [third, second], args, expected) => {
    const { env, taken } = await startWith([
      deployment('1.0.0', 'deprecated', JANUARY),
      deployment('3.0.0', third, MAY),
      deployment('2.0.0', second, MARCH),
      deployment('4.0.0', 'rejected', null),
    ])
    const run = await runSouk(await createAppFolder({}), ['rollback', ...args, '--app', 'fixture', '--json'], env)
    expect(run.exitCode).toBe(0)
    expect(run.json()).toEqual({ app: 'fixture', from: '3.0.0', to: args[0] ?? '2.0.0' })
    expect(taken().sort()).toEqual([...expected].sort())
    // Never is there a moment without a version to install.
    expect(taken().at(-1)).toMatch(/deprecate$/)
  })

  test.each([
    ['nothing was published', [deployment('1.0.0', 'active', null)], [], /no published version/],
    ['there is one version alone', [deployment('1.0.0', 'published', MAY)], [], /only version that was ever published/],
    [
      'the version is not there',
      [deployment('2.0.0', 'published', MAY), deployment('1.0.0', 'deprecated', MARCH)],
      ['9.9.9'],
      /cannot go back to 9\.9\.9\. It can go back to 1\.0\.0/,
    ],
  ] as const)('changes nothing when %s', async (_what, deployments, args, message) => {
    const { env, taken } = await startWith(deployments)
    const run = await runSouk(await createAppFolder({}), ['rollback', ...args, '--app', 'fixture'], env)
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(message)
    expect(taken()).toEqual([])
  })
})

describe('souk promote', () => {
  test.each([
    ['active', { submit: 'pending-review' }, ['submit'], 'pending-review'],
    ['active', { submit: 'approved', publish: 'published' }, ['submit', 'publish'], 'published'],
    ['in-review', {}, [], 'in-review'],
    // A server that answers nonsense is not asked for ever.
    ['approved', { publish: 'approved' }, ['publish'], 'approved'],
  ] as const)('a version that is %s, with %j, takes the steps %j', async (status, answers, steps, end) => {
    const { env } = await startWith([deployment('1.0.0', status, null)], answers)
    const args = ['promote', '1.0.0', '--app', 'fixture', '--json']
    const run = await runSouk(await createAppFolder({}), args, env)
    expect(run.exitCode).toBe(0)
    expect(run.json()).toMatchObject({ steps, unchanged: steps.length === 0, deployment: { status: end } })
  })

  test('what was rejected stays rejected, with the reason', async () => {
    const { env, taken } = await startWith([
      deployment('1.0.0', 'rejected', null, { rejectionReason: 'It tracks users.' }),
    ])
    const run = await runSouk(await createAppFolder({}), ['promote', '1.0.0', '--app', 'fixture'], env)
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('It tracks users.')
    expect(taken()).toEqual([])
  })
})

test('souk submit --check says what the server would, and submits nothing', async () => {
  const { env, taken } = await startWith([deployment('1.0.0', 'active', null)])
  const args = ['submit', '1.0.0', '--app', 'fixture', '--check']
  const run = await runSouk(await createAppFolder({}), [...args, '--json'], env)
  expect(run.exitCode).toBe(1)
  expect(run.json()).toMatchObject({ ok: false, checks: [{ field: 'overview', fix: 'Write one.' }] })
  const { screen, exitCode } = await runInTerminal(await createAppFolder({}), args, { env })
  expect(exitCode).toBe(1)
  expect(screen).toMatch(/error overview: It is empty\. Write one\.[\s\S]*cannot be submitted yet/)
  expect(taken()).toEqual([])
})

test('souk env shows what is set and never a key', async () => {
  const folder = await createAppFolder(APP)
  const env = { SOUK_URL: 'https://example.com/api/souk', SOUK_API_KEY: API_KEY }
  const run = await runSouk(folder, ['env', '--json'], env)
  expect(run.json()).toMatchObject({ url: env.SOUK_URL, apiKey: true, project: expect.any(String), eslint: false })
  expect(run.stdout).not.toContain(API_KEY)
  expect((await runInTerminal(folder, ['env'])).screen).toMatch(/apiKey +no/)
})

test('souk open prints the address of the product', async () => {
  const folder = await createAppFolder({})
  const run = await runSouk(folder, ['open'], { SOUK_URL: 'https://app.example.com/api/souk' })
  expect(run).toMatchObject({ exitCode: 0, stdout: 'https://app.example.com\n' })
  const refused = await runSouk(folder, ['open', '--json'], { SOUK_URL: 'javascript:alert(1)' })
  expect(refused.exitCode).toBe(1)
  expect(refused.json()).toMatchObject({ error: { code: 'CLI_USAGE' } })
})

test('a command that waits for a server says so', async () => {
  const server = createServer((_request, response) => {
    setTimeout(() => response.end(JSON.stringify({ items: [], nextCursor: null })), 1_500)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo
  const env = { SOUK_URL: `http://127.0.0.1:${port}/api/souk`, SOUK_API_KEY: API_KEY }
  const run = await runSouk(await createAppFolder({}), ['whoami'], env)
  expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Working…') })
})

describe('souk test and souk functions', () => {
  test.each([
    [['test'], 'Vitest is not installed here'],
    [['functions', 'frobnicate'], "unknown command 'frobnicate'"],
    [['dev', '--port', 'http'], '--port is http'],
    [['dev', '--remote'], '--remote needs --organization'],
  ])('souk %j is refused with what to do', async (args, message) => {
    const run = await runSouk(await createAppFolder(APP), args)
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain(message)
  })

  test('functions list names them', async () => {
    const run = await runSouk(await createAppFolder(APP), ['functions', 'list', '--json'])
    expect(run.json()).toEqual({ app: 'fixture', functions: [{ id: 'src/orders.server.ts#find', callable: true }] })
  })
})
