const quantile = (sorted: readonly number[], share: number): number => {
  const position = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
  return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (position - Math.floor(position))
}

const sort = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

export const median = (values: readonly number[]): number => quantile(sort(values), 0.5)
export const p95 = (values: readonly number[]): number => quantile(sort(values), 0.95)

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))
