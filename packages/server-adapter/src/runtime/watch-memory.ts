import { readFileSync } from 'node:fs'

export interface MemoryWatch {
  /** Watches a process until `unwatch`. */
  watch(pid: number, process: WatchedProcess): void
  unwatch(pid: number): void
  dispose(): void
}

export interface WatchedProcess {
  /** A busy process is looked at often, an idle one now and then. */
  isBusy(): boolean
  onExceeded(residentMegabytes: number): void
}

const BUSY_MS = 50
const IDLE_EVERY = 20

/**
 * Watches the resident memory of processes from outside: the heap flag of the engine binds neither buffers nor WebAssembly.
 * Only Linux can be asked cheaply enough; elsewhere the heap flag alone holds.
 */
export const watchMemory = (limitMegabytes: number): MemoryWatch => {
  const watched = new Map<number, WatchedProcess>()
  let tick = 0
  const check = () => {
    tick++
    for (const [pid, process] of watched) {
      if (!process.isBusy() && tick % IDLE_EVERY !== 0) continue
      const resident = readResidentMegabytes(pid)
      if (resident > limitMegabytes) process.onExceeded(resident)
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

const readResidentMegabytes = (pid: number): number => {
  try {
    // VmRSS is in kB whatever the page size, which statm would need to know.
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
    return Number(line?.[1] ?? 0) / 1024
  } catch {
    // It ended between two looks.
    return 0
  }
}
