/** Round numbers from at most `lowest` to at least `highest`, with zero among them. */
export const niceTicks = (lowest: number, highest: number, count = 4): readonly number[] => {
  const low = Math.min(0, lowest)
  const high = Math.max(0, highest)
  if (low === high) return [0, 1]
  const rough = (high - low) / count
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  // Multiplied instead of added up, so that 0.1 and 0.2 do not become 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}
