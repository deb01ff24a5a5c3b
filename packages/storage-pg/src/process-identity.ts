import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * The space in which a pid means something: this boot of this machine, and this container. Pids of another space say nothing here.
 */
export const pidSpace = (): string => {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'))
  return shorten(`${boot ?? process.platform} ${namespace ?? ''}`)
}

/**
 * When the process started, as a short word; `undefined` when there is no such process.
 * With it a pid that was given to another process is told from the one that was meant.
 */
export const startOf = (pid: number): string | undefined => {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  if (stat !== undefined) {
    // The second field is the name in brackets, which may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie holds no files any more. Field 22 is the start, in ticks since the boot.
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  }
  if (process.platform === 'linux' || !isAlive(pid)) return undefined
  const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  return started ? shorten(started.trim()) : 'unknown'
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const shorten = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
