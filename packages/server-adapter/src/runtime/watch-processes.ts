import { readFileSync } from 'node:fs'

export interface ProcessWatch {
  /** Watches a process until `unwatch`. */
  watch(pid: number, process: WatchedProcess): void
  unwatch(pid: number): void
  dispose(): void
}

export interface WatchedProcess {
  /** A busy process is looked at often, an idle one now and then. */
  isBusy(): boolean
  /** What it has at the moment, and the processor time it has used since it started. */
  onUsage(usage: Usage): void
}

export interface Usage {
  readonly residentMegabytes: number
  readonly cpuMs: number
}

const BUSY_MS = 50
const IDLE_EVERY = 20
/** Of Linux, for all that it tells in /proc, whatever the kernel counts in. */
const TICKS_PER_SECOND = 100

/**
 * Watches what processes use from outside: the heap flag of the engine binds neither buffers nor WebAssembly, and nothing binds its
 * processor time. Only Linux can be asked cheaply enough; elsewhere the heap flag and the deadline alone hold.
 *
 * @param wraps Whether the process of interest is the child of the one that is watched.
 */
export const watchProcesses = (wraps: boolean): ProcessWatch => {
  const watched = new Map<number, WatchedProcess>()
  let tick = 0
  const check = () => {
    tick++
    for (const [pid, process] of watched) {
      if (!process.isBusy() && tick % IDLE_EVERY !== 0) continue
      const usage = (wraps ? childrenOf(pid) : [pid]).map(usageOf)
      process.onUsage({
        residentMegabytes: usage.reduce((total, { residentMegabytes }) => total + residentMegabytes, 0),
        cpuMs: usage.reduce((total, { cpuMs }) => total + cpuMs, 0),
      })
    }
  }
  const timer = process.platform === 'linux' ? setInterval(check, BUSY_MS).unref() : undefined
  return {
    watch: (pid, process) => void watched.set(pid, process),
    unwatch: (pid) => void watched.delete(pid),
    dispose() {
      clearInterval(timer)
      watched.clear()
    },
  }
}

/** Empty for a process that ended between two looks. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)

const usageOf = (pid: number): Usage => {
  // VmRSS is in kB whatever the page size, which the other files would need to know.
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
  // The name before it, in parentheses, may hold anything. Then come utime and stime as the 12th and 13th.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  return { residentMegabytes: Number(resident ?? 0) / 1024, cpuMs: (ticks * 1000) / TICKS_PER_SECOND }
}
