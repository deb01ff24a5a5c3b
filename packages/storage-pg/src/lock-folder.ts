import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError } from '@souk/server-adapter/storage'
import { pidSpace, startOf } from './process-identity'

export interface FolderLock {
  release(): void
}

const FLAG = /^lock-(\d+)-(\w+)-(\w+)-[0-9a-f]{8}$/
const ATTEMPTS = 4
const HEARTBEAT_MS = 5_000
/** A flag of another machine or container, whose processes cannot be asked, is dead when it was not touched for this long. */
const SILENCE_MS = 60_000

/**
 * Takes a folder for this process alone.
 *
 * Each taker writes a flag under a name of its own and *then* looks for flags of others. Of two takers the later one sees the earlier
 * one's flag, so never do both win; and as nobody's name is used twice, removing the flag of a dead process cannot hurt a live one.
 *
 * @throws {StorageError} `DATA_FOLDER_LOCKED` with the pid of the holder.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  for (let remaining = ATTEMPTS - 1; ; remaining--) {
    const name = `lock-${process.pid}-${startOf(process.pid) ?? 'unknown'}-${pidSpace()}-${randomBytes(4).toString('hex')}`
    const path = join(folder, name)
    closeSync(openSync(path, 'wx', 0o600))
    const holder = findHolder(folder, name)
    if (holder === undefined) return hold(path)
    rmSync(path, { force: true })
    if (remaining === 0) {
      throw new StorageError(
        'DATA_FOLDER_LOCKED',
        `The data folder ${folder} is in use by process ${holder}; two processes on it would lose data. ` +
          'Stop that process, or choose another folder.',
      )
    }
    // It may have been another taker, which saw this flag and gave up as well.
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 100))
  }
}

/** The pid of another live flag, after dead ones were removed. */
const findHolder = (folder: string, own: string): string | undefined => {
  for (const name of readdirSync(folder)) {
    const [, pid, start, space] = FLAG.exec(name) ?? []
    if (name === own || pid === undefined) continue
    const path = join(folder, name)
    const isAlive = space === pidSpace() ? startOf(Number(pid)) === start : wasTouched(path)
    if (isAlive) return pid
    rmSync(path, { force: true })
  }
  return undefined
}

const wasTouched = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && Date.now() - found.mtimeMs < SILENCE_MS
}

const hold = (path: string): FolderLock => {
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date())
    } catch {
      // The folder was removed under us; there is nothing left to guard.
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()
  const release = () => {
    clearInterval(heartbeat)
    process.off('exit', release)
    rmSync(path, { force: true })
  }
  process.on('exit', release)
  return { release }
}
