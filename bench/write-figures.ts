import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/**
 * Writes what a benchmark measured as JSON, with the machine and the commit it was measured on.
 *
 * @param versions of the programs it ran with, beside Node.
 */
export const writeFigures = (file: string, figures: object, versions: Readonly<Record<string, string>> = {}): void => {
  const machine = {
    ...versions,
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
  }
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
  writeFileSync(file, `${JSON.stringify({ ...figures, machine, commit }, null, 2)}\n`)
}
