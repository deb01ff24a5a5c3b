import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { fromPglite } from '../src/from-pglite'
import { openEmbeddedDatabase } from '../src/open-embedded-database'

const folder = mkdtempSync(join(tmpdir(), 'souk-crash-'))
const children: ChildProcessWithoutNullStreams[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Writes in a process of its own until it is killed. @returns The ids that it acknowledged. */
const writeUntilKilled = async (round: string, kills: number): Promise<readonly string[]> => {
  const script = new URL('./support/write-child.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, round], {
    cwd: new URL('..', import.meta.url).pathname,
  })
  children.push(child)
  child.stderr.resume()
  const acknowledged: string[] = []
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(line)
    if (acknowledged.length === kills) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return acknowledged
}

test('an embedded database whose process is killed in the middle of 1,000 writes keeps what it acknowledged, again and again', {
  timeout: 300_000,
}, async () => {
  const acknowledged: string[] = []
  for (const [round, kills] of [
    ['one', 150],
    ['two', 300],
  ] as const)
    acknowledged.push(...(await writeUntilKilled(round, kills)))
  expect(acknowledged.length).toBeGreaterThanOrEqual(450)

  // The lock of the killed process is taken over.
  const { pglite, close } = await openEmbeddedDatabase(folder)
  const { rows } = await pglite.query(
    `select i.id, (select count(*)::int from souk.installation_event e where e.installation_id = i.id) as events
    from souk.app_installation i`,
  )
  const kept = rows as readonly { id: string; events: number }[]
  const ids = new Set(kept.map(({ id }) => id))
  expect(
    acknowledged.filter((id) => !ids.has(id)),
    'acknowledged and lost',
  ).toEqual([])
  expect(
    kept.filter(({ events }) => events !== 1),
    'half written',
  ).toEqual([])
  const storage = createPostgresStorage({ database: fromPglite(pglite) })
  expect((await storage.installations.listActive(acknowledged[0] ?? '', { limit: 100 })).items).toHaveLength(1)
  await close()
})
