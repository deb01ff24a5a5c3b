import { readdirSync, readFileSync } from 'node:fs'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // It ended between two looks.
    return ''
  }
}

/** What a process has in memory; 0 where the system does not say. */
export const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

/** A process and all that it started, as far as the system tells. */
export const processTree = (pid: number): number[] => {
  const tree = [pid]
  for (const one of tree) {
    let threads: string[] = []
    try {
      threads = readdirSync(`/proc/${one}/task`)
    } catch {
      // It ended between two looks, or there is no such list here.
    }
    for (const thread of threads)
      tree.push(...read(`/proc/${one}/task/${thread}/children`).trim().split(' ').filter(Boolean).map(Number))
  }
  return tree
}
