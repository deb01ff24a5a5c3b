import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { OPERATIONS } from './operations'

const root = fileURLToPath(new URL('../..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'souk-bench-storage-test-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

// What is asserted is never a time: a busy machine must not fail this.
test('a quick run has figures of every query on both data sets', async () => {
  const file = join(work, 'figures.json')
  const options = ['--import', 'tsx', 'bench/storage/main.ts', '--quick', '--json', file]
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root })
  const figures = JSON.parse(readFileSync(file, 'utf8'))
  expect(Object.keys(figures.operations)).toEqual(Object.keys(OPERATIONS))
  for (const [operation, sets] of Object.entries<Record<string, unknown>>(figures.operations)) {
    expect(Object.keys(sets), operation).toEqual(['full', 'hundredth'])
    for (const set of Object.values(sets))
      expect(set, operation).toEqual({ medianMs: expect.any(Number), p95Ms: expect.any(Number), runs: 10 })
  }
  expect(figures.machine).toMatchObject({ postgres: expect.any(String), cores: expect.any(Number) })
  expect(figures.commit).toMatch(/^[0-9a-f]{40}$/)
  for (const name of Object.keys(OPERATIONS)) expect(stdout).toContain(name)
})
