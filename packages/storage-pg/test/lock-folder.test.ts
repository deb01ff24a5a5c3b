import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from '../src/lock-folder'
import { openEmbeddedDatabase } from '../src/open-embedded-database'
import { pidSpace, startOf } from '../src/process-identity'

let folder = ''
const children: ChildProcessWithoutNullStreams[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-lock-'))
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    }
  }
  rmSync(folder, { recursive: true, force: true })
})

const start = (mode: string) => {
  const script = new URL('./support/folder-child.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script, mode, folder], {
    cwd: new URL('..', import.meta.url).pathname,
  })
  children.push(child)
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    pid: child.pid ?? 0,
    ended,
    kill: () => child.kill('SIGKILL'),
    tell: () => child.stdin.write('go\n'),
    async line() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`The child ended: ${Buffer.concat(errors).toString()}`)
      return value as string
    },
  }
}

const flags = () => readdirSync(folder).filter((name) => name.startsWith('lock-'))
const writeFlag = (pid: number, startTime: string, space = pidSpace()) => {
  const path = join(folder, `lock-${pid}-${startTime}-${space}-0123abcd`)
  writeFileSync(path, '')
  return path
}

test('a folder that another process holds is refused in one sentence that names it', async () => {
  const child = start('release')
  expect(await child.line()).toBe('held')
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'DATA_FOLDER_LOCKED',
    message: `The data folder ${folder} is in use by process ${child.pid}; two processes on it would lose data. Stop that process, or choose another folder.`,
  })
  await expect(openEmbeddedDatabase(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' })
  expect(flags()).toHaveLength(1)

  child.tell()
  await child.ended
  const lock = await lockFolder(folder)
  expect(flags()).toHaveLength(1)
  lock.release()
  expect(flags()).toEqual([])
})

test('the lock of a process that was killed is taken over', async () => {
  const child = start('release')
  await child.line()
  child.kill()
  await child.ended
  expect(flags()).toHaveLength(1)
  const lock = await lockFolder(folder)
  expect(flags()).toEqual([expect.stringContaining(`lock-${process.pid}-`)])
  lock.release()
})

test('a process that exits while it holds the folder leaves nothing', async () => {
  const child = start('exit')
  await child.line()
  child.tell()
  await child.ended
  expect(flags()).toEqual([])
})

test('of many processes at once no two ever hold the folder, with locks of dead ones lying about', async () => {
  writeFlag(4_194_300, '1')
  writeFlag(process.pid, '1')
  const competitors = [start('compete'), start('compete'), start('compete')]
  for (const competitor of competitors) expect(await competitor.line()).toBe('ready')
  for (const competitor of competitors) competitor.tell()
  const results = await Promise.all(competitors.map((competitor) => competitor.line()))
  expect(results).toEqual([expect.stringMatching(/^won/), expect.stringMatching(/^won/), expect.stringMatching(/^won/)])
  expect(results.some((result) => result !== 'won 0')).toBe(true)
  await Promise.all(competitors.map(({ ended }) => ended))
  expect(flags()).toEqual([])
})

test('a pid that was given to another process does not hold the folder', async () => {
  writeFlag(process.pid, 'another')
  const lock = await lockFolder(folder)
  lock.release()
  writeFlag(process.pid, startOf(process.pid) ?? '')
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' })
})

test('a holder in another container is believed while it touches its lock', async () => {
  const path = writeFlag(1, '1', 'elsewhere')
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' })
  const longAgo = new Date(Date.now() - 10 * 60_000)
  utimesSync(path, longAgo, longAgo)
  const lock = await lockFolder(folder)
  lock.release()
})

test('files that are not locks are left alone', async () => {
  for (const name of ['lock-', 'lock-1', 'lock-x-y-z-0123abcd', 'notes.txt']) writeFileSync(join(folder, name), '')
  const lock = await lockFolder(folder)
  lock.release()
  expect(readdirSync(folder).sort()).toEqual(['lock-', 'lock-1', 'lock-x-y-z-0123abcd', 'notes.txt'])
})

// A new database takes seconds of processor time, and more on a busy machine.
test('an embedded database keeps its data, and is open once at a time, in this process too', {
  timeout: 180_000,
}, async () => {
  const path = join(folder, 'new', 'data')
  const first = await openEmbeddedDatabase(path)
  await first.pglite.exec('create table kept (n int); insert into kept values (42)')
  await expect(openEmbeddedDatabase(path)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' })
  await first.close()
  const second = await openEmbeddedDatabase(path)
  expect((await second.pglite.query('select n from kept')).rows).toEqual([{ n: 42 }])
  await second.close()
  await second.close()
  expect(readdirSync(path)).toEqual(['postgres'])
})

test('a folder that cannot be made is one clear sentence', async () => {
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'sub'))
  await expect(openEmbeddedDatabase(join(folder, 'file', 'data'))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('cannot be written'),
  })
})
