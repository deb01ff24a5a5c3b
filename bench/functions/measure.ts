export interface Figures {
  readonly medianMs: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly runs: number
  /** What else was counted, such as calls a second. */
  readonly [what: string]: number
}

/** One operation of each contender that has it. */
export type Results = Readonly<Partial<Record<'souk' | 'bare' | 'inProcess', Figures>>>

const quantile = (sorted: readonly number[], share: number): number => {
  const position = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
  return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (position - Math.floor(position))
}

export const round = (value: number): number => Number(value.toFixed(3))

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )

export const figuresOf = (times: readonly number[], more: Readonly<Record<string, number>> = {}): Figures => {
  const sorted = [...times].sort((a, b) => a - b)
  return {
    medianMs: round(quantile(sorted, 0.5)),
    p95Ms: round(quantile(sorted, 0.95)),
    p99Ms: round(quantile(sorted, 0.99)),
    runs: sorted.length,
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, round(value)])),
  }
}

export const timeOf = async (action: () => unknown): Promise<number> => {
  const started = performance.now()
  await action()
  return performance.now() - started
}

/** Each of them once a round, each round begun by another, so that all have the same minutes of the machine. */
export const takeTurns = async <Name extends string>(
  actions: Readonly<Record<Name, () => Promise<number>>>,
  rounds: number,
  warmUps = 0,
): Promise<Record<Name, number[]>> => {
  // Object.keys of a record has its names and no others.
  const names = Object.keys(actions) as Name[]
  // As above.
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let turn = -warmUps; turn < rounds; turn++)
    for (let at = 0; at < names.length; at++) {
      const name = names[(at + turn + warmUps) % names.length]
      if (name === undefined) continue
      const value = await actions[name]()
      if (turn >= 0) taken[name].push(value)
    }
  return taken
}

/** Calls a second, with that many on their way at a time. */
export const throughputOf = async (call: () => Promise<unknown>, atOnce: number, calls: number): Promise<number> => {
  let left = calls
  const worker = async () => {
    while (left-- > 0) await call()
  }
  const elapsedMs = await timeOf(() => Promise.all(Array.from({ length: atOnce }, worker)))
  return (calls * 1000) / elapsedMs
}
