import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the quick benchmark measures ten routes beside a bare handler', () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-bench-server-'))
  try {
    const json = join(folder, 'figures.json')
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const { status, stderr } = spawnSync('npx', ['tsx', 'bench/server/main.ts', '--quick', '--json', json], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    const { operations, machine, commit } = JSON.parse(readFileSync(json, 'utf8'))
    expect(Object.keys(operations)).toHaveLength(10)
    for (const contenders of Object.values<object>(operations))
      for (const figures of Object.values(contenders))
        expect(figures).toMatchObject({ medianMs: expect.any(Number), p95Ms: expect.any(Number), runs: 40 })
    expect({ cores: typeof machine.cores, commit: commit.length }).toEqual({ cores: 'number', commit: 40 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
