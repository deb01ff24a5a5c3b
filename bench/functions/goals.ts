import type { Results } from './measure'

export const OPERATIONS = ['warm', 'cold', 'coldPooled', 'hundredApps', 'kill'] as const
export type OperationName = (typeof OPERATIONS)[number]
/** An operation that was left out is absent. */
export type AllResults = Readonly<Partial<Record<OperationName, Results>>>

export interface Goal {
  readonly measure: string
  readonly value: number
  readonly unit: 'x' | 'ms' | 'MB'
  readonly atMost?: number
  readonly atLeast?: number
  readonly isReached: boolean
}

const of = (results: Results | undefined, contender: keyof Results, figure: string): number =>
  results?.[contender]?.[figure] ?? Number.NaN

/** What is asked of the runtime, as ratios of figures that were taken in turns. */
export const goalsOf = ({ warm, cold, coldPooled, hundredApps, kill }: AllResults): readonly Goal[] => {
  const timesBare = (results: Results | undefined, figure = 'medianMs') =>
    of(results, 'souk', figure) / of(results, 'bare', figure)
  const atMost = (measure: string, value: number, limit: number, unit: Goal['unit'] = 'x'): Goal => ({
    ...{ measure, value, unit, atMost: limit },
    isReached: value <= limit,
  })
  const perSecond = timesBare(warm, 'perSecond')
  const goals: readonly Goal[] = [
    atMost('warm call, times a bare ping', timesBare(warm), 3),
    {
      measure: 'calls a second with 64 at once, times bare',
      value: perSecond,
      unit: 'x',
      atLeast: 0.5,
      isReached: perSecond >= 0.5,
    },
    atMost('cold start with the pool, times loading the bundle alone', timesBare(coldPooled), 1.3),
    atMost('cold start without the pool, times `deno run` of an empty file', timesBare(cold), 1.5),
    atMost('memory of an idle app', of(hundredApps, 'souk', 'ownShareMbEach'), 60, 'MB'),
    atMost(
      'p99 of a busy app beside the idle ones, times without them',
      of(hundredApps, 'souk', 'p99Ms') / of(hundredApps, 'souk', 'quietP99Ms'),
      1.5,
    ),
    atMost('error of a busy loop after its deadline', of(kill, 'souk', 'medianMs'), 100, 'ms'),
    atMost(
      'p99 of a neighbour beside a busy loop, times its quiet one',
      of(kill, 'souk', 'neighbourP99Ms') / of(kill, 'souk', 'neighbourQuietP99Ms'),
      2,
    ),
  ]
  return goals.filter(({ value }) => !Number.isNaN(value))
}
