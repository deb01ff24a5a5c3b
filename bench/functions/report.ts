import type { AllResults, Goal } from './goals'

const CONTENDERS = ['souk', 'bare', 'inProcess'] as const
const PLAIN = new Set(['medianMs', 'p95Ms', 'p99Ms', 'runs'])

export const operationsTable = (operations: AllResults): string =>
  [
    'operation    contender   median ms     p95     p99   runs  more',
    ...Object.entries(operations).flatMap(([operation, results]) =>
      CONTENDERS.flatMap((contender) => {
        const figures = results[contender]
        if (!figures) return []
        const { medianMs, p95Ms, p99Ms, runs } = figures
        const more = Object.entries(figures).filter(([name]) => !PLAIN.has(name))
        return [
          [
            operation.padEnd(12),
            contender.padEnd(11),
            ...[medianMs, p95Ms, p99Ms].map((value, at) => value.toFixed(2).padStart(at === 0 ? 9 : 7)),
            String(runs).padStart(6),
            ` ${more.map(([name, value]) => `${name} ${Number(value.toFixed(1))}`).join(', ')}`,
          ].join(' '),
        ]
      }),
    ),
  ].join('\n')

const amount = (value: number, unit: Goal['unit']) => `${Number(value.toFixed(2))} ${unit}`

export const goalsTable = (goals: readonly Goal[]): string =>
  goals
    .map(({ measure, value, unit, atMost, atLeast, isReached }) => {
      const goal = atMost === undefined ? `>= ${amount(atLeast ?? 0, unit)}` : `<= ${amount(atMost, unit)}`
      return `${measure.padEnd(64)} ${amount(value, unit).padStart(10)}   goal ${goal.padEnd(10)} ${isReached ? 'reached' : 'not reached'}`
    })
    .join('\n')
