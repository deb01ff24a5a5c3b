/** What is drawn in one go should take about this long: half a frame. */
const TARGET_MS = 8

const FIRST_SIZE = 200
const MIN_SIZE = 20
const MAX_SIZE = 20_000

/**
 * How many components are drawn in one go. A component costs from a hundredth of a millisecond to one, which only drawing it tells: so
 * a portion is as large as the one before it says.
 */
export interface Portion {
  /** Whether one more component belongs to this portion. */
  take(): boolean
  /** Begins the next one. */
  begin(): void
  /** Draws one, and learns from how long it takes. */
  draw(run: () => void): void
}

export const createPortion = (now: () => number = () => performance.now()): Portion => {
  let size = FIRST_SIZE
  let left = size
  const begin = () => {
    left = size
  }
  return {
    begin,
    take() {
      if (left === 0) return false
      left--
      return true
    },
    draw(run) {
      begin()
      const startedAt = now()
      run()
      // Less than a portion says little of what one costs.
      if (left > 0) return
      const took = Math.max(now() - startedAt, 0.1)
      size = Math.round(Math.min(Math.max((size * TARGET_MS) / took, MIN_SIZE), MAX_SIZE))
    },
  }
}
