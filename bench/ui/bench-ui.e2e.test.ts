import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONTENDERS } from './run/contenders'
import { OPERATIONS } from './run/goals'
import type { ManyResult } from './run/measure-many'
import type { MountResults } from './run/measure-mounting'
import type { OperationResults } from './run/measure-operations'
import { TYPING_COLUMNS, TYPING_RUNS, type TypingResults } from './run/measure-typing'

interface Figures {
  readonly operations: OperationResults
  readonly unchanged: Readonly<Record<string, { readonly messages: number; readonly bytes: number }>>
  readonly framesApart: readonly string[]
  readonly typing: TypingResults
  readonly mounting: MountResults
  readonly many: ManyResult
  readonly machine: Readonly<Record<string, unknown>>
  readonly commit: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'souk-bench-ui-test-'))
let figures: Figures
let output: string

beforeAll(async () => {
  const file = join(work, 'figures.json')
  const options = ['--import', 'tsx', 'bench/ui/main.ts', '--quick', '--json', file]
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root })
  output = stdout
  figures = JSON.parse(readFileSync(file, 'utf8'))
})

afterAll(() => rmSync(work, { recursive: true, force: true }))

// What is asserted is never a time: a busy machine must not fail this.
test('every operation has figures of every contender', () => {
  expect(Object.keys(figures.operations)).toEqual([...OPERATIONS])
  for (const operation of OPERATIONS) {
    const results = figures.operations[operation]
    expect(Object.keys(results)).toEqual(CONTENDERS.map(({ name }) => name))
    for (const name of ['souk', 'raw']) {
      expect(results[name], `${operation} of ${name}`).toMatchObject({
        wrong: 0,
        medianMs: expect.any(Number),
        p95Ms: expect.any(Number),
        timesRaw: expect.any(Number),
        cpuMs: expect.any(Number),
      })
      expect(results[name]?.runs).toBeGreaterThan(0)
    }
  }
  expect(figures.machine).toMatchObject({ chromium: expect.any(String), cores: expect.any(Number) })
  expect(figures.commit).toMatch(/^[0-9a-f]{40}$/)
  expect(output).toContain('remote-dom-worker')
})

test('each frame of a contender runs in a process of its own', () => {
  expect(figures.framesApart.map((origin) => origin.replace(/:\d+$/, '')).sort()).toEqual([
    'http://dddddddddddddddddddddddddd.localhost',
    'http://naive.localhost',
    'http://remote-dom-worker.localhost',
    'http://remote-dom.localhost',
  ])
})

test('a commit of an extension is one message, and one that changes nothing is none', () => {
  for (const operation of OPERATIONS) expect(figures.operations[operation].souk?.messages, operation).toBe(1)
  expect(figures.unchanged.souk).toEqual({ messages: 0, bytes: 0 })
})

test('what is typed into a field of an extension is what stands there, each time', () => {
  for (const column of TYPING_COLUMNS)
    for (const name of ['souk', 'raw'])
      expect(figures.typing[column][name], `${column} of ${name}`).toEqual({ right: TYPING_RUNS, runs: TYPING_RUNS })
})

test('an extension is shown, removed and shown again', () => {
  for (const mount of [figures.mounting.cold, figures.mounting.second])
    for (const name of ['souk', 'raw', 'bare'])
      expect(mount[name]).toMatchObject({ medianMs: expect.any(Number), runs: expect.any(Number) })
})

test('a hundred surfaces of ten installations share ten frames', () => {
  expect(figures.many).toMatchObject({ surfaces: 100, frames: 10, medianMs: expect.any(Number), runs: 1 })
  // Each frame and worker was found; how large a heap is depends on the browser.
  expect(figures.many.heapMb).toBeGreaterThan(0.5)
})
