import { GOALS, OPERATIONS } from './goals'
import type { ManyResult } from './measure-many'
import type { MountResults } from './measure-mounting'
import type { OperationResults } from './measure-operations'
import { TYPING_COLUMNS, type TypingResults } from './measure-typing'

const cell = (text: string, width: number): string => text.padStart(width)

/** The operations as a table: medians in milliseconds, and times raw in brackets. */
export const operationTable = (operations: OperationResults, contenders: readonly string[]): string => {
  const header = ['operation'.padEnd(12), ...contenders.map((name) => cell(name, 18)), cell('goal', 8), '  reached']
  const lines = OPERATIONS.map((operation) => {
    const results = operations[operation]
    const cells = contenders.map((name) => {
      const result = results[name]
      if (!result || result.medianMs === null || result.wrong > 0) return cell('wrong', 18)
      return cell(`${result.medianMs.toFixed(1)} (${result.timesRaw?.toFixed(1)} x)`, 18)
    })
    const souk = results.souk
    const isReached = souk?.wrong === 0 && souk.timesRaw !== null && souk.timesRaw <= GOALS[operation]
    return [operation.padEnd(12), ...cells, cell(`<= ${GOALS[operation]}`, 8), isReached ? '  yes' : '  no'].join('')
  })
  return [header.join(''), ...lines].join('\n')
}

/** What crosses and what it costs the page, per operation. */
export const trafficTable = (operations: OperationResults, contenders: readonly string[]): string => {
  const header = ['operation'.padEnd(12), ...contenders.map((name) => cell(name, 24))]
  const lines = OPERATIONS.map((operation) => {
    const cells = contenders.map((name) => {
      const { messages = 0, bytes = 0, cpuMs, longTasks = 0 } = operations[operation][name] ?? {}
      return cell(`${messages} / ${bytes} B / ${cpuMs?.toFixed(0) ?? '-'} / ${longTasks}`, 24)
    })
    return [operation.padEnd(12), ...cells].join('')
  })
  return [header.join(''), ...lines].join('\n')
}

/** Runs with exactly the right text. */
export const typingTable = (typing: TypingResults, contenders: readonly string[]): string => {
  const header = ['contender'.padEnd(18), ...TYPING_COLUMNS.map((column) => cell(column, 10))]
  const lines = contenders.map((name) => {
    const cells = TYPING_COLUMNS.map((column) => {
      const { right = 0, runs = 0 } = typing[column][name] ?? {}
      return cell(`${right} of ${runs}`, 10)
    })
    return [name.padEnd(18), ...cells].join('')
  })
  return [header.join(''), ...lines].join('\n')
}

export const mountTable = ({ cold, second }: MountResults): string => {
  const header = ['contender'.padEnd(18), cell('cold', 10), cell('times bare', 12), cell('second', 10)]
  const bare = cold.bare?.medianMs ?? Number.NaN
  const lines = Object.entries(cold).map(([name, { medianMs }]) =>
    [
      name.padEnd(18),
      cell(medianMs?.toFixed(1) ?? 'wrong', 10),
      cell(`${((medianMs ?? Number.NaN) / bare).toFixed(2)} x`, 12),
      cell(second[name]?.medianMs?.toFixed(1) ?? 'wrong', 10),
    ].join(''),
  )
  return [header.join(''), ...lines].join('\n')
}

export const manyText = ({ surfaces, frames, medianMs, bareMs, heapMb }: ManyResult): string =>
  `${surfaces} surfaces in ${frames} frames: ${medianMs.toFixed(0)} ms, ${(medianMs / bareMs).toFixed(1)} x one bare frame; ` +
  `at most ${heapMb.toFixed(1)} MB of heap for an installation`
