import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from '../../src/lock-folder'

// A process of its own for the lock tests: folder-child.ts <mode> <folder>
const [mode, folder = ''] = process.argv.slice(2)

const once = (stream: NodeJS.ReadStream) => new Promise<void>((resolve) => stream.once('data', () => resolve()))
const say = (word: string) => new Promise<void>((resolve) => process.stdout.write(`${word}\n`, () => resolve()))

/** Holds the folder until it hears something, then ends in the way that was asked for. */
const hold = async () => {
  const lock = await lockFolder(folder)
  await say('held')
  await once(process.stdin)
  if (mode === 'release') lock.release()
  process.exit(0)
}

/** Takes and frees the folder many times; `overlap` means that another process had it too. */
const compete = async () => {
  await say('ready')
  await once(process.stdin)
  let wins = 0
  for (let round = 0; round < 12; round++) {
    const lock = await lockFolder(folder).catch((error: { code: string }) => error)
    if (!('release' in lock)) {
      if (lock.code !== 'DATA_FOLDER_LOCKED') await say(`error ${lock.code}`)
      continue
    }
    wins++
    const path = join(folder, 'critical')
    try {
      closeSync(openSync(path, 'wx'))
    } catch {
      await say('overlap')
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10))
    rmSync(path, { force: true })
    lock.release()
  }
  await say(`won ${wins}`)
  process.exit(0)
}

await (mode === 'compete' ? compete() : hold())
