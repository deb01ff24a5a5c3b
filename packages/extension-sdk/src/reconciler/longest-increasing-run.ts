/**
 * The longest subsequence of `values` that already increases.
 *
 * @returns Its indices in ascending order. Whatever is not among them has to move, and nothing else has to.
 */
export const longestIncreasingRun = (values: readonly number[]): readonly number[] => {
  // tails[n] is the index of the smallest value that ends a run of n + 1; previous[i] is what stands before i in its run.
  const tails: number[] = []
  const previous: number[] = []
  const valueAt = (index: number | undefined) =>
    index === undefined ? Number.POSITIVE_INFINITY : (values[index] as number)
  values.forEach((value, index) => {
    let low = 0
    let high = tails.length
    if (high > 0 && valueAt(tails[high - 1]) < value) low = high
    while (low < high) {
      const middle = (low + high) >> 1
      if (valueAt(tails[middle]) < value) low = middle + 1
      else high = middle
    }
    previous.push(low > 0 ? (tails[low - 1] as number) : -1)
    tails[low] = index
  })
  const run: number[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] as number) run.push(index)
  return run.reverse()
}
