import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// What is asserted is never a time: a busy machine must not fail this.
test('the quick benchmark has figures of every operation and contender, and a value for every goal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-bench-functions-test-'))
  try {
    const json = join(folder, 'figures.json')
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const { status, stderr } = spawnSync('npx', ['tsx', 'bench/functions/main.ts', '--quick', '--json', json], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    const { operations, goals, machine, commit } = JSON.parse(readFileSync(json, 'utf8'))
    const contenders = Object.entries<object>(operations).map(([name, results]) => [name, Object.keys(results)])
    const all = ['souk', 'bare', 'inProcess']
    expect(contenders).toEqual([
      ['warm', all],
      ['cold', all],
      ['coldPooled', all],
      ['hundredApps', all],
      // Nothing ends a loop in the process that asks.
      ['kill', ['souk', 'bare']],
    ])
    for (const results of Object.values<object>(operations))
      for (const figures of Object.values(results))
        expect(figures).toMatchObject({
          medianMs: expect.any(Number),
          p95Ms: expect.any(Number),
          p99Ms: expect.any(Number),
          runs: expect.any(Number),
        })
    expect(operations.warm.souk.perSecond).toBeGreaterThan(0)
    // Three may stay; the fourth had one of them go.
    expect(operations.hundredApps.souk).toMatchObject({ apps: 3, processesAfterMore: 3 })
    expect(goals).toHaveLength(8)
    for (const { value } of goals) expect(value).toEqual(expect.any(Number))
    expect({ cores: typeof machine.cores, commit: commit.length }).toEqual({ cores: 'number', commit: 40 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
