import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIGRATIONS } from '../migrations'
import { dumpSchema } from '../scripts/dump-schema'
import { run } from '../src/cli/run'
import { connectEmbedded } from '../src/connect'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { fromPglite } from '../src/from-pglite'
import { openEmbeddedDatabase } from '../src/open-embedded-database'
import { seedDeployment } from './support/seed'

// One embedded database for the file: a new one takes seconds.
const work = mkdtempSync(join(tmpdir(), 'souk-pg-cli-'))
const dataDir = join(work, 'data')
afterAll(() => rmSync(work, { recursive: true, force: true }))

const souk = async (...args: string[]) => {
  let out = ''
  let err = ''
  const code = await run(args, {
    env: { DATA_DIR: dataDir },
    out: (text) => (out += text),
    err: (text) => (err += text),
  })
  return { code, out, err }
}

const inDatabase = async <T>(
  work: (database: Awaited<ReturnType<typeof connectEmbedded>>['database']) => Promise<T>,
) => {
  const { database, close } = await connectEmbedded(dataDir)
  return work(database).finally(close)
}

beforeAll(async () => {
  expect(await souk('status')).toMatchObject({ code: 2, out: expect.stringContaining('rules: has not run') })
  expect(await souk('migrate')).toEqual({
    code: 0,
    out: `Ran ${MIGRATIONS.map(({ name }) => name).join(', ')}.\n`,
    err: '',
  })
}, 180_000)

test('status shows what ran, in words and as JSON, and migrate then has nothing to do', async () => {
  expect(await souk('status')).toMatchObject({ code: 0, out: expect.stringMatching(/^1 initial: ran 2\d{3}-/) })
  const { out } = await souk('status', '--json')
  expect(JSON.parse(out)).toMatchObject({ schema: 'souk', pending: [], newer: false, rowSecurity: false })
  expect(await souk('migrate')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') })
})

test('the printed steps make by hand what migrate makes', async () => {
  const { out } = await souk('schema', '--schema', 'by_hand')
  const { pglite, close } = await openEmbeddedDatabase(dataDir)
  await pglite.exec(out)
  const database = fromPglite(pglite)
  expect(await dumpSchema(database, 'by_hand')).toBe(await dumpSchema(database, 'souk'))
  await close()
  expect(await souk('status', '--schema', 'by_hand')).toMatchObject({ code: 0 })
  expect((await souk('schema', '--after', '2')).out).not.toContain('-- 2 ')
})

test('an app goes to a file and comes back with all that it was', async () => {
  const deployment = await inDatabase((database) => seedDeployment(createPostgresStorage({ database }), 'exported'))
  const file = join(work, 'app.jsonl')
  expect(await souk('export', '--app', 'app-exported', '--file', file)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Wrote 5 rows'),
  })
  expect(await souk('export', '--app', 'app-exported', '--file', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('exists already'),
  })
  expect(readFileSync(file, 'utf8')).toMatch(/^\{"format":"souk-export","kind":"app"/)
  expect(await souk('migrate', '--schema', 'restored')).toMatchObject({ code: 0 })
  expect(await souk('import', '--file', file, '--schema', 'restored')).toMatchObject({
    code: 0,
    out: 'Restored the app app-exported: 5 rows.\n',
  })
  await inDatabase(async (database) => {
    const storage = createPostgresStorage({ database, schema: 'restored' })
    expect(await storage.deployments.get(deployment.id)).toEqual(deployment)
  })
  expect(await souk('import', '--file', file, '--schema', 'restored')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^CONFLICT: /),
  })
})

test('a file without rows, and one that was cut, say so', async () => {
  const file = join(work, 'nobody.jsonl')
  expect(await souk('export', '--organization', 'nobody', '--file', file)).toMatchObject({
    code: 1,
    out: expect.stringContaining('no organization nobody'),
  })
  writeFileSync(file, readFileSync(file, 'utf8').split('\n')[0] ?? '')
  expect(await souk('import', '--file', file)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^EXPORT_INVALID: .*end is missing/),
  })
})

test('row security is switched on and off', async () => {
  expect(await souk('row-security', 'on')).toMatchObject({ code: 0 })
  expect((await souk('status')).out).toContain('Row security is on')
  expect(await souk('row-security', 'off')).toMatchObject({ code: 0 })
  expect((await souk('status')).out).toContain('Row security is off')
})

test.each([
  [['export', '--file', 'x'], /either --app or --organization/],
  [['export', '--app', 'a', '--organization', 'b', '--file', 'x'], /either --app or --organization/],
  [['import', '--file', join(work, 'missing')], /does not exist/],
  [['row-security', 'maybe'], /on or off/],
  [['schema', '--after', '-1'], /number of a step/],
  [['migrate', '--schema', 'No"t'], /INVALID_SCHEMA_NAME/],
  [['nothing'], /unknown command/],
  [['migrate', '--database-url', 'postgres://nobody@127.0.0.1:1/none'], /UNAVAILABLE/],
])('souk-pg %j is refused in one line', async (args, message) => {
  const { code, err } = await souk(...args)
  expect(code).toBe(1)
  expect(err).toMatch(message)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(existsSync('x')).toBe(false)
})

test('without a database it says how to name one; help is no failure', async () => {
  const silent = { env: {}, out: () => {}, err: (text: string) => (said += text) }
  let said = ''
  expect(await run(['status'], silent)).toBe(1)
  expect(said).toContain('--database-url')
  expect([await run([], silent), await run(['--help'], silent), await run(['migrate', '--help'], silent)]).toEqual([
    0, 0, 0,
  ])
})
